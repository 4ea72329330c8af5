"""Boards: one Lean Coffee, and its participants. What they talk about is in `topic.py`."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chapter.fields import LineField
from chapter.prepared import prepared
from events.models import Event
from microactions.models import Microaction

from .activity import Activity
from .topic import Topic

# Read aloud across a table and typed on a phone: nothing that looks like something else.
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 6
MAX_DOTS_EACH = 5
MAX_ROOM = 500


def board_code() -> str:
    """One of 887 million: a link to share, not a secret."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class Board(models.Model):
    """The board of one event, or of one session at it: its phase, its settings, and who leads.

    Every verb locks this row first, raises `version` and notifies in the same transaction (`board_lock.changing`).
    """

    class Phase(models.TextChoices):
        GATHER = "gather", pgettext_lazy("board phase", "Gather")
        PITCH = "pitch", pgettext_lazy("board phase", "Pitch")
        DOTS = "dots", pgettext_lazy("board phase", "Dots")
        TALK = "talk", pgettext_lazy("board phase", "Talk")
        MICROACTION = "microaction", pgettext_lazy("board phase", "Microaction")
        RETRO = "retro", pgettext_lazy("board phase", "Plus and delta")
        CLOSED = "closed", pgettext_lazy("board phase", "Closed")

    class Pace(models.TextChoices):
        USUAL = "usual", _("8 minutes, then 4, then 2")
        LUNCH = "lunch", _("Lunch: 5 minutes, then 3, then 2")

    MINUTES = {Pace.USUAL: (8, 4, 2), Pace.LUNCH: (5, 3, 2)}

    # One of the two. The release before reads every board by its event, so a session's board has none of its own there.
    at_event = models.OneToOneField(
        Event, on_delete=models.CASCADE, null=True, blank=True, db_column="event_id", related_name="board"
    )
    session = models.OneToOneField(
        "facilitation.Session", on_delete=models.CASCADE, null=True, blank=True, editable=False, related_name="board"
    )
    code = models.SlugField(max_length=12, unique=True, default=board_code, editable=False)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    phase = models.CharField(max_length=12, choices=Phase.choices, default=Phase.GATHER, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # The version with which the current phase began: a press on a page drawn before that is too late.
    phase_version = models.PositiveIntegerField(default=1, editable=False)

    # Settings, for the leader
    show_at_once = models.BooleanField(_("Show each note as soon as it is written"), default=False)
    dots_each = models.PositiveSmallIntegerField(_("Dots for each person"), default=3)
    pace = models.CharField(_("Minutes for a topic"), max_length=8, choices=Pace.choices, default=Pace.USUAL)
    # One-device mode: the room has paper, and the leader types for it.
    one_device = models.BooleanField(_("We use one device: I write for everyone"), default=False)
    room_returning = models.PositiveSmallIntegerField(
        _("People without a phone who have been here before"), default=0
    )
    room_new = models.PositiveSmallIntegerField(_("People without a phone who are new"), default=0)

    # Who leads now, and who led before somebody took over (and gets it back with one tap)
    leader = models.ForeignKey("Participant", on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    led_before = models.ForeignKey(
        "Participant", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    role_locked = models.BooleanField(_("Only organisers may take over"), default=False)
    # The note that is being pitched
    pitching = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    # What the room does now; empty: the Lean Coffee, in the phase above.
    activity = models.ForeignKey(Activity, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    # From then on nobody's dots may go away with them: the difference would tell what they wanted.
    totals_were_shown = models.BooleanField(default=False, editable=False)
    # From the first closing on: who placed which dot is deleted, the sums are on the topics, no dot can be placed.
    sealed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        constraints = [
            models.CheckConstraint(
                condition=Q(phase__in=["gather", "pitch", "dots", "talk", "microaction", "retro", "closed"]),
                name="board_phase",
            ),
            models.CheckConstraint(condition=Q(dots_each__range=(1, MAX_DOTS_EACH)), name="board_dots_each"),
            models.CheckConstraint(condition=Q(pace__in=["usual", "lunch"]), name="board_pace"),
            models.CheckConstraint(
                condition=Q(room_returning__lte=MAX_ROOM, room_new__lte=MAX_ROOM), name="board_room"
            ),
            models.CheckConstraint(
                condition=Q(phase="closed", closed_at__isnull=False, sealed_at__isnull=False) | ~Q(phase="closed"),
                name="board_closed_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(at_event__isnull=False, session=None) | Q(at_event=None, session__isnull=False),
                name="board_of_event_or_session",
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("board", args=[self.code])

    def get_short_url(self):
        # For the big screen: absolute, and without a language, so that each reader comes to their own.
        return f"{settings.SITE_URL}{reverse('board_short', args=[self.code])}"

    @property
    def event(self):
        """The event, also of a session's board; no query on a board that was read with `drawing.shared.PARTS`."""
        return self.at_event or self.session.activity.board.at_event

    def get_session_url(self):
        return reverse("board_session", args=[self.session.activity.board.code, self.session_id])

    @property
    def is_closed(self):
        return self.phase == self.Phase.CLOSED

    @property
    def is_sealed(self):
        return self.sealed_at is not None

    @property
    def notes_are_hidden(self):
        # Everybody sees their own notes alone.
        return self.phase == self.Phase.GATHER and not self.show_at_once

    @property
    def totals_are_hidden(self):
        # Sums of dots would sway those who have not placed theirs.
        return self.phase in (self.Phase.GATHER, self.Phase.PITCH, self.Phase.DOTS) and not self.is_sealed

    @property
    def room_people(self):
        # They take part on paper.
        return self.room_returning + self.room_new if self.one_device else 0

    def minutes_of_round(self, number) -> int:
        """`number` counts from 1; rounds beyond the list take its last value."""
        minutes = self.MINUTES[self.pace]
        return minutes[min(number, len(minutes)) - 1]


def board_of(event) -> Board | None:
    """The event's board; one query, none where `event.board` is known."""
    to_event = Board._meta.get_field("at_event")
    from_event = to_event.remote_field
    if not from_event.is_cached(event):
        board = next(iter(_of(event=event.pk)), None)
        from_event.set_cached_value(event, board)
        if board:
            to_event.set_cached_value(board, event)
    return from_event.get_cached_value(event)


@prepared
def _of(event):
    return Board.objects.filter(at_event=event)


class Participant(models.Model):
    """Somebody at the board, known by a signed cookie: no account, no address. A second device is a second one."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="participants")
    number = models.PositiveIntegerField(editable=False, help_text="In the order of joining, from 1.")
    nickname = LineField(_("Nickname"), max_length=40, blank=True)
    # What they said when joining; None: nothing.
    been_before = models.BooleanField(_("Have you been at one of our meetups before?"), null=True)
    name_in_summary = models.BooleanField(_("My nickname may appear in the summary on the blog"), default=False)
    # For the count in the summary. It gives no right: whoever sits here may have been dismissed since.
    is_organiser = models.BooleanField(default=False, editable=False, help_text="Signed in as one when joining.")
    is_ready = models.BooleanField(default=False, editable=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="participant_number")]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self):
        return self.nickname or _("Guest %(number)s") % {"number": self.number}


class BoardPledge(models.Model):
    """A microaction that was written at a board. It belongs to its person, not to the board."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="pledges")
    # Empty: written for somebody in the room by the leader.
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="pledges"
    )
    microaction = models.OneToOneField(Microaction, on_delete=models.CASCADE, related_name="at_board")
    client_id = models.UUIDField(help_text="Made by the sender, so that a form sent twice is stored once.")
    in_summary = models.BooleanField(_("May appear in the summary, without my name"), default=False)

    class Meta:
        verbose_name = _("microaction from a board")
        verbose_name_plural = _("microactions from boards")
        constraints = [models.UniqueConstraint(fields=["board", "client_id"], name="board_pledge_sent_once")]

    def __str__(self):
        return f"{self.board_id}: {self.microaction_id}"
