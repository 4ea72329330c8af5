"""Meetups that somebody offers to arrange, and the theme of a season. What happens to them is in `proposals.py`."""

import secrets

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField, TextField
from principles.models import Principle

WINTER, SPRING, SUMMER, AUTUMN = (
    _("This winter’s theme"),
    _("This spring’s theme"),
    _("This summer’s theme"),
    _("This autumn’s theme"),
)
SEASON_NAMES = (*[WINTER] * 2, *[SPRING] * 3, *[SUMMER] * 3, *[AUTUMN] * 3, WINTER)
# What lasts longer is not a spring or an autumn.
LONGEST_NAMED_DAYS = 190


def proposal_token():
    return secrets.token_urlsafe(24)


class ProposalQuerySet(models.QuerySet):
    def open(self):
        """Those that wait for an answer, oldest first."""
        return self.filter(state=Proposal.State.OPEN).order_by("created_at", "id")

    def confirmed(self):
        """What organisers see: those that wait first, then the answered ones, latest first."""
        seen = self.exclude(state=Proposal.State.UNCONFIRMED)
        return seen.order_by(F("decided_at").desc(nulls_first=True), "created_at", "id")


class Proposal(models.Model):
    """Somebody's offer to arrange a meetup: what, where, when and a theme. Organisers make it a draft, or say no."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Waiting for confirmation by mail")
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    what = LineField(_("what"), max_length=200)
    body = TextField(_("more about it"), blank=True, max_length=5000)
    place = LineField(_("where"), max_length=200)
    when = LineField(_("when"), max_length=200)
    principle = models.ForeignKey(
        Principle, verbose_name=_("theme"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # A guest's own name and address; a member's are read from the member. Both empty once the retention job has been.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    name = LineField(_("name"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    token = models.CharField(max_length=40, unique=True, default=proposal_token, editable=False)
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
            models.CheckConstraint(
                condition=Q(state__in=["unconfirmed", "open", "accepted", "declined"]), name="proposal_state"
            ),
            models.CheckConstraint(condition=Q(member__isnull=True) | Q(email=""), name="proposal_member_or_guest"),
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

    @property
    def person_name(self):
        return self.member.display_name if self.member else self.name

    @property
    def person_email(self):
        return self.member.email if self.member else self.email


class DaysOf(Func):
    """The days from one date to another, both included."""

    function = "daterange"
    output_field = DateRangeField()


class Season(models.Model):
    """A stretch of time whose theme is one principle, announced ahead on the events page."""

    principle = models.ForeignKey(
        Principle, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="seasons"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ("starts_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="season_ends_after_start",
                violation_error_message=_("The last day must not come before the first."),
            ),
            ExclusionConstraint(
                name="season_one_at_a_time",
                expressions=[(DaysOf("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS)],
                violation_error_message=_(
                    "Another season has some of these days already. Two themes at once are none."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.principle_id} {self.starts_on}"

    @property
    def is_now(self):
        return self.starts_on <= timezone.localdate() <= self.ends_on

    @property
    def name(self):
        """ "This autumn's theme", by the middle of it; a plainer word for what is much longer than a season."""
        length = self.ends_on - self.starts_on
        if length.days > LONGEST_NAMED_DAYS:
            return _("Our theme now")
        return SEASON_NAMES[(self.starts_on + length / 2).month - 1]
