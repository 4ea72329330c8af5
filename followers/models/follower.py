"""Followers: who asked to be told by email, of what, and how often."""

from datetime import timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.addresses import Mailbox
from chapter.models import Person, PersonQuerySet, member_key
from events.models import Event, Series
from principles.models import Principle

# The texts of the form and of the mail that asks to confirm, as of this month. Kept with each yes, as proof of what it
# was said to; a change of what these texts promise changes it.
AGREED_TO = "2026-11"
# As long as an unanswered question to confirm waits.
UNCONFIRMED_FOR = timedelta(days=7)
INVITED_FOR = timedelta(days=30)


class FollowerQuerySet(PersonQuerySet):
    def confirmed(self) -> Self:
        return self.exclude(confirmed_at=None)

    def reachable(self) -> Self:
        """Those who said yes, and whose mailbox takes mail."""
        return self.confirmed().filter(paused_at=None)

    def unanswered(self, *, now) -> Self:
        """Those who have had their time to say yes."""
        asked = Q(invited_at=None, created_at__lt=now - UNCONFIRMED_FOR)
        return self.filter(asked | Q(invited_at__lt=now - INVITED_FOR), confirmed_at=None)

    def invited(self) -> Self:
        """Those whose invitation is still to be mailed."""
        return self.filter(confirmed_at=None, mailed_at=None).exclude(invited_at=None)

    def interested_in(self, event: Event) -> Self:
        """Those who want to be told of a meetup like this one: of all, or of its kind, place, series or a theme of it."""
        matches = Q(kinds__contains=[event.kind])
        if event.venue and event.venue.city:
            matches |= Q(towns__contains=[event.venue.city])
        if event.series_id:
            matches |= Q(series=event.series_id)
        if themes := [principle.pk for principle in event.principles.all()]:
            matches |= Q(principles__in=themes)
        # The joins may name a follower twice.
        chosen = Follower.objects.filter(Q(is_choosy=True) & matches).values("pk")
        return self.filter(wants_meetups=True).filter(Q(is_choosy=False) | Q(pk__in=chosen))


class Follower(Person):
    """One mailbox, or one member, and what they want to hear about. Nothing is sent before `confirmed_at`.

    Only the verbs of `followers/following/` and `followers/bounces/` write it.
    """

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once", _("Immediately, at most one email a day")
        WEEKLY = "weekly", _("Once a week")
        MONTHLY = "monthly", _("Once a month")

    member = member_key("follows", on_delete=models.CASCADE)

    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm.choices, default=Rhythm.AT_ONCE)
    wants_meetups = models.BooleanField(_("new meetups"), default=True)
    wants_posts = models.BooleanField(_("new posts on the blog"), default=False)
    wants_letter = models.BooleanField(_("the monthly letter"), default=False)
    # Of which meetups: of all, or of those that one of the four choices names.
    is_choosy = models.BooleanField(default=False)
    kinds = ArrayField(models.CharField(max_length=20, choices=Event.Kind.choices), default=list, blank=True)
    towns = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    series = models.ManyToManyField(Series, blank=True, related_name="followers")
    principles = models.ManyToManyField(Principle, blank=True, related_name="followers")

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    agreed_to = models.CharField(max_length=7, default=AGREED_TO, editable=False)
    # The mailbox refused mail for good, or too often; a new yes ends it.
    paused_at = models.DateTimeField(null=True, editable=False)
    bounces = models.PositiveSmallIntegerField(default=0, editable=False)
    # Somebody on a list from elsewhere, who was not asked by an own act.
    invited_at = models.DateTimeField(null=True, editable=False)
    # When the last digest, or the invitation, was queued.
    mailed_at = models.DateTimeField(null=True, editable=False)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            *Person.Meta.constraints,
            models.UniqueConstraint(fields=["member"], name="follower_one_per_member"),
            models.UniqueConstraint(Mailbox("email"), condition=~Q(email=""), name="follower_one_per_mailbox"),
            models.CheckConstraint(condition=Q(member__isnull=False) | ~Q(email=""), name="follower_is_somebody"),
            models.CheckConstraint(condition=Q(rhythm__in=["at_once", "weekly", "monthly"]), name="follower_rhythm"),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(confirmed_at=None), name="follower_unconfirmed"),
        ]

    def __str__(self):
        return f"follower {self.pk}"

    def get_absolute_url(self):
        return reverse("following", args=[self.token])

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
