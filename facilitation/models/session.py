"""Sessions of an open space: what somebody pitched, where and when it is held, and what came of it."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField, TextField

MAX_TITLE = 120
MAX_WHAT_FOR = 600
MAX_HOST_NAME = 60
MAX_ROOM_NAME = 40
MAX_NOTE = 400
MAX_AGREED = 2000
# How many sessions one person may say that they want to go to before the grid is laid.
SESSION_DOTS = 5


class SessionRoom(models.Model):
    """A place where sessions are held: a column of the grid."""

    activity = models.ForeignKey("facilitation.Activity", on_delete=models.CASCADE, related_name="rooms")
    name = LineField(_("Room"), max_length=MAX_ROOM_NAME)
    position = models.PositiveSmallIntegerField(editable=False)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["activity", "name"], name="session_room_name")]

    def __str__(self):
        return self.name


class SessionSlot(models.Model):
    """A stretch of time in which sessions are held side by side: a row of the grid."""

    activity = models.ForeignKey("facilitation.Activity", on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = _("time of sessions")
        verbose_name_plural = _("times of sessions")
        ordering = ("starts_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["activity", "starts_at"], name="session_slot_start"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_slot_ends_later"),
        ]

    def __str__(self):
        return f"{self.starts_at:%H:%M}"

    @property
    def is_on(self):
        return self.starts_at <= timezone.now() < self.ends_at

    @property
    def is_over(self):
        return self.ends_at <= timezone.now()


class SessionQuerySet(models.QuerySet):
    def standing(self) -> Self:
        return self.filter(is_withdrawn=False)

    def placed(self) -> Self:
        return self.standing().filter(room__isnull=False, slot__isnull=False)

    def with_dots(self) -> Self:
        """Annotate `dots`: of persons, of the room, and kept from when the links to persons were deleted."""
        placed = SessionDot.objects.filter(session=OuterRef("pk")).order_by().values("session")
        counted = Subquery(placed.annotate(number=Count("pk")).values("number"))
        return self.annotate(dots=Coalesce(counted, 0) + F("room_dots") + F("sealed_dots"))

    def in_order_of_interest(self) -> Self:
        return self.with_dots().order_by("-dots", "id")

    def for_grid(self) -> Self:
        return self.select_related("room", "slot").order_by("slot__starts_at", "room__position", "id")


class Session(models.Model):
    """Something that somebody offers to talk about or to make, with whoever comes.

    Without a room and a time it waits for a place; a room or a time that is deleted leaves it so, and never takes it along.
    """

    activity = models.ForeignKey("facilitation.Activity", on_delete=models.CASCADE, related_name="sessions")
    # Empty: pitched for somebody in the room, or its person has left, or the activity is closed.
    pitcher = models.ForeignKey(
        "facilitation.Participant", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    client_id = models.UUIDField(help_text="Made by the sender, so that a form sent twice is stored once.")
    title = LineField(_("What is the session about?"), max_length=MAX_TITLE)
    what_for = TextField(_("What for?"), max_length=MAX_WHAT_FOR, blank=True)
    # Typed by whoever wants it to be read, so it stays when nothing else says who pitched.
    host_name = LineField(_("Your name, if you want it shown"), max_length=MAX_HOST_NAME, blank=True)

    room = models.ForeignKey(
        SessionRoom, on_delete=models.SET_NULL, null=True, editable=False, related_name="sessions"
    )
    slot = models.ForeignKey(
        SessionSlot, on_delete=models.SET_NULL, null=True, editable=False, related_name="sessions"
    )
    is_withdrawn = models.BooleanField(default=False, editable=False)

    agreed = TextField(_("What we agreed"), max_length=MAX_AGREED, blank=True)
    # Counts its changes, so that nobody overwrites words that they have not seen.
    agreed_version = models.PositiveIntegerField(default=0, editable=False)

    # Dots of those without a phone, and the sum kept when the links from person to dot were deleted.
    room_dots = models.PositiveIntegerField(default=0, editable=False)
    sealed_dots = models.PositiveIntegerField(default=0, editable=False)

    # In calendars
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(fields=["activity", "client_id"], name="session_sent_once"),
            models.UniqueConstraint(fields=["room", "slot"], name="session_one_in_a_cell"),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | Q(room=None, slot=None), name="session_withdrawn_has_no_place"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_placed(self):
        return self.room_id is not None and self.slot_id is not None

    @property
    def text(self):
        # As the big screen measures it.
        return self.title


class SessionDot(models.Model):
    """That one participant wants to go to a session. Only sums are shown, and the row is deleted with the closing.

    A participant has the numbers 1…SESSION_DOTS: one too many is impossible however many are placed at once.
    """

    activity = models.ForeignKey("facilitation.Activity", on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey("facilitation.Participant", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("dot on a session")
        verbose_name_plural = _("dots on sessions")
        constraints = [
            models.UniqueConstraint(fields=["activity", "participant", "number"], name="session_dot_limit"),
            models.UniqueConstraint(fields=["session", "participant"], name="session_dot_once"),
            models.CheckConstraint(condition=Q(number__range=(1, SESSION_DOTS)), name="session_dot_number"),
        ]

    def __str__(self):
        return f"dot {self.number}"


class SessionStar(models.Model):
    """A session in one participant's own plan, which nobody else sees."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey("facilitation.Participant", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("starred session")
        verbose_name_plural = _("starred sessions")
        constraints = [models.UniqueConstraint(fields=["session", "participant"], name="session_star_once")]

    def __str__(self):
        return f"{self.session_id}"


class SessionNote(models.Model):
    """A line in the shared notes of a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    # For who may take it away again; empty once the activity is closed.
    author = models.ForeignKey(
        "facilitation.Participant", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    client_id = models.UUIDField(help_text="Made by the sender, so that a form sent twice is stored once.")
    text = LineField(_("A line for the notes"), max_length=MAX_NOTE)
    is_hidden = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("line of a session’s notes")
        verbose_name_plural = _("lines of sessions’ notes")
        ordering = ("created_at", "id")
        constraints = [models.UniqueConstraint(fields=["session", "client_id"], name="session_note_sent_once")]

    def __str__(self):
        return self.text
