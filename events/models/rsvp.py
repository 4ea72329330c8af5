"""RSVPs: who comes to an event, who waits, who left; their verbs are in the room `rsvps`."""

from typing import Self

from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chapter.addresses import Mailbox, mailbox
from chapter.fields import label
from chapter.models import Person, PersonQuerySet, member_key


class RsvpQuerySet(PersonQuerySet):
    def active(self) -> Self:
        return self.filter(status__in=Rsvp.ACTIVE)

    def holding(self) -> Self:
        """Going or waiting: those who are mailed when something changes."""
        return self.filter(status__in=[Rsvp.Status.GOING, Rsvp.Status.WAITLISTED])

    def pending(self) -> Self:
        return self.filter(status=Rsvp.Status.PENDING)

    def going(self) -> Self:
        return self.filter(status=Rsvp.Status.GOING)

    def waitlisted(self) -> Self:
        return self.filter(status=Rsvp.Status.WAITLISTED)

    def held(self) -> Self:
        """Those for whom a seat is kept while the mail that asks them to confirm is on its way."""
        return self.filter(held_until__gt=Now())

    def were_there(self) -> Self:
        """Those with a seat, unless they are noted as not having come."""
        return self.going().exclude(attendance=Rsvp.Attendance.NO_SHOW)

    def writable(self) -> Self:
        """Those who want reminders and have an address."""
        return self.with_address().filter(wants_reminders=True)

    def to_remind(self, *, since) -> Self:
        # For a person who joined after `since`, the confirmation was the reminder.
        return self.going().writable().filter(changed_at__lt=since)

    def showing_a_name(self, *, to) -> Self:
        """Those who come and let these readers see who they are, in the order in which they joined.

        Whoever has no name of their own, or is shut out, is not among them: what stands before an @ is no name to show.
        """
        has_name = Q(member=None, name__gt="") | Q(member__name__gt="", member__is_active=True)
        shown = self.going().filter(has_name, shown_to__in=to).select_related("member")
        return shown.order_by("queued_at", "id")

    def number_of_people(self) -> int:
        """Counts a person with RSVPs to several events once. One query."""
        return len({rsvp.person for rsvp in self.only("member_id", "email")})

    def forget_offers(self) -> None:
        self.waitlisted().exclude(offered_at=None).update(offered_at=None)

    def in_list_order(self) -> Self:
        """Those who come, then those who wait, each in the order in which they joined."""
        waits = Case(When(status=Rsvp.Status.WAITLISTED, then=1), default=0)
        return self.annotate(is_waiting=waits).order_by(*Rsvp.LIST_ORDER)

    def in_queue_order(self) -> Self:
        return self.order_by("queued_at", "id")


class Rsvp(Person):
    """One person's answer to one event. Only the verbs in `events/rsvps/actions.py` write `status`."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting for confirmation by email")
        GOING = "going", _("Going")
        WAITLISTED = "waitlisted", _("On the waitlist")
        CANCELLED = "cancelled", pgettext_lazy("rsvp status", "Cancelled")
        REMOVED = "removed", _("Removed by an organiser")
        EXPIRED = "expired", _("Never confirmed")

    class Attendance(models.TextChoices):
        UNKNOWN = "", _("Not recorded")
        CAME = "came", _("Came")
        NO_SHOW = "no_show", _("Didn’t come")

    class ShownTo(models.TextChoices):
        NO_ONE = "no_one", pgettext_lazy("who may see a name", "No one")
        GOING = "going", pgettext_lazy("who may see a name", "Others who are going")
        EVERYONE = "everyone", pgettext_lazy("who may see a name", "Everyone")

    LIST_ORDER = ("is_waiting", "queued_at", "id")
    ACTIVE = (Status.PENDING, Status.GOING, Status.WAITLISTED)

    # `rsvp_queue` begins with the event, and no other index of all rows: PostgreSQL would count seats by it, and read all who
    # wait. So `rsvp_one_per_member` begins with the member, and serves as the index of members.
    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="rsvps", db_index=False)
    member = member_key("rsvps", db_index=False)

    status = models.CharField(max_length=10, choices=Status.choices)
    queued_at = models.DateTimeField(
        null=True, help_text="When the person joined the queue; set under the event's lock."
    )
    offered_at = models.DateTimeField(
        null=True, help_text="When the person was told of a seat that is free for whoever claims it first."
    )
    # Until then nobody else gets this seat, though nobody has confirmed it; by the database's clock.
    held_until = models.DateTimeField(null=True, editable=False)
    attendance = models.CharField(max_length=8, choices=Attendance.choices, blank=True, default=Attendance.UNKNOWN)
    # When a host last tapped on this person: a tap from before then, that arrives late, changes nothing.
    attendance_at = models.DateTimeField(null=True, editable=False)
    # Whether the person wants to be reminded, and written to once afterwards; the RSVP stands either way.
    wants_reminders = models.BooleanField(default=True)
    # Who may see the person's name, while they have a seat; never anybody whom they did not choose.
    shown_to = models.CharField(
        max_length=8, choices=ShownTo.choices, default=ShownTo.NO_ONE, db_default=ShownTo.NO_ONE
    )
    # Raised at every change of status: the same mail may be right again after somebody left and came back.
    round = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    status_label, shown_to_label = label("status"), label("shown_to")
    objects = RsvpQuerySet.as_manager()

    class Meta:
        verbose_name = _("RSVP")
        verbose_name_plural = _("RSVPs")
        constraints = [
            *Person.Meta.constraints,
            models.UniqueConstraint(fields=["member", "event"], name="rsvp_one_per_member"),
            models.UniqueConstraint(
                "event",
                Mailbox("email"),
                condition=Q(status__in=["pending", "going", "waitlisted"]) & ~Q(email=""),
                name="rsvp_one_per_mailbox",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "going", "waitlisted", "cancelled", "removed", "expired"]),
                name="rsvp_status",
            ),
            models.CheckConstraint(condition=Q(shown_to__in=["no_one", "going", "everyone"]), name="rsvp_shown_to"),
            models.CheckConstraint(
                condition=~Q(status__in=["going", "waitlisted"]) | Q(queued_at__isnull=False),
                name="rsvp_has_place_in_queue",
            ),
            models.CheckConstraint(condition=~Q(status="pending") | ~Q(email=""), name="rsvp_pending_has_address"),
            models.CheckConstraint(
                condition=~Q(status="pending") | Q(member__isnull=True), name="rsvp_members_need_no_mail"
            ),
        ]
        indexes = [
            models.Index(fields=["event", "status", "queued_at", "id"], name="rsvp_queue"),
            models.Index(fields=["email"], name="rsvp_of_address"),
            models.Index(fields=["event"], name="rsvp_noted", condition=~Q(attendance="")),
            models.Index(fields=["event", "queued_at", "id"], name="rsvp_shown", condition=~Q(shown_to="no_one")),
            models.Index(fields=["event", "held_until"], name="rsvp_held", condition=Q(held_until__isnull=False)),
        ]

    def __str__(self):
        return f"{self.event_id} {self.status}"

    def get_absolute_url(self):
        return reverse("rsvp", args=[self.token])

    @property
    def is_pending(self):
        return self.status == self.Status.PENDING

    @property
    def is_going(self):
        return self.status == self.Status.GOING

    @property
    def is_waitlisted(self):
        return self.status == self.Status.WAITLISTED

    @property
    def is_active(self):
        return self.status in self.ACTIVE

    @property
    def is_unconfirmed(self):
        return self.status in (self.Status.PENDING, self.Status.EXPIRED)

    @property
    def is_holding(self):
        return self.is_going or self.is_waitlisted

    @property
    def was_there(self):
        return self.is_going and self.attendance != self.Attendance.NO_SHOW

    @property
    def place_in_queue(self) -> int | None:
        """1 for the person who gets the next seat; None for a person who does not wait."""
        return self.place_in_list if self.is_waitlisted else None

    @property
    def place_in_list(self) -> int:
        """The same among those of its status, whether they wait or come."""
        same_moment = Q(queued_at=self.queued_at, id__lte=self.pk)
        others = Rsvp.objects.filter(event_id=self.event_id, status=self.status)
        return others.filter(Q(queued_at__lt=self.queued_at) | same_moment).count()

    def store(self, **columns) -> None:
        """Save these columns, or a new row with them; one statement. What the database's clock gives is read when asked for."""
        for name, value in columns.items():
            setattr(self, name, value)
        self.save(update_fields=self.pk and [*columns, "changed_at"])
        for name in [name for name, value in columns.items() if isinstance(value, Now)]:
            delattr(self, name)

    @property
    def person(self):
        """A key that two RSVPs share if they are one person's: the member, or the guest's mailbox."""
        return self.member_id or mailbox(self.email) or ("nobody", self.pk)
