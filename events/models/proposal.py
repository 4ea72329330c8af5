"""Meetups that members and guests propose."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField, TextField
from chapter.models import Person, PersonQuerySet, member_key
from principles.models import Principle

# What waits stands before all that is answered. An index holds it, so queries must build it the same way.
WAITS = datetime(9999, 1, 1, tzinfo=UTC)
WAITING_FIRST = Coalesce("decided_at", Value(WAITS, output_field=models.DateTimeField()))


class ProposalQuerySet(PersonQuerySet):
    def open(self):
        """Those that wait for an answer, oldest first."""
        return self.filter(state=Proposal.State.OPEN).order_by("created_at", "id")

    def confirmed(self):
        """What organisers see: those that wait, then those that were answered; of both the latest first."""
        seen = self.exclude(state=Proposal.State.UNCONFIRMED).annotate(answered_at=WAITING_FIRST)
        return seen.order_by(*[f"-{name}" for name in Proposal.LIST_ORDER])


class Proposal(Person):
    """Somebody's offer to arrange a meetup: what, where, when and a theme. Organisers make it a draft, or say no."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Waiting for confirmation by email")
        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    LIST_ORDER = ("answered_at", "created_at", "id")

    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    what = LineField(_("what"), max_length=200)
    body = TextField(_("more about it"), blank=True, max_length=5000)
    place = LineField(_("where"), max_length=200)
    when = LineField(_("when"), max_length=200)
    principle = models.ForeignKey(
        Principle, verbose_name=_("theme"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    member = member_key("proposals")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    # What the organisers answered, and the draft that came of it.
    answer = TextField(_("answer"), blank=True, max_length=1000)
    event = models.ForeignKey(
        "events.Event", on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            *Person.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=["unconfirmed", "open", "accepted", "declined"]), name="proposal_state"
            ),
        ]
        indexes = [
            models.Index(WAITING_FIRST.desc(), F("created_at").desc(), F("id").desc(), name="proposal_list"),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return reverse("proposal", args=[self.token])

    @property
    def is_unconfirmed(self):
        return self.state == self.State.UNCONFIRMED

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def is_accepted(self):
        return self.state == self.State.ACCEPTED

    @property
    def is_declined(self):
        return self.state == self.State.DECLINED
