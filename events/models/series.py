"""Series: a rule that makes events, one real row each. What it does with them is in `series.py`."""

import uuid
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import timezones
from chapter.models import Covered, Image, acts_as_organiser
from chapter.wordings import BestWordings, Wording, best_wordings, wording_constraints
from principles.models import Principle, Themed, themes

from .kinds import Kind

AHEAD = 6
MAX_AHEAD = 26  # half a year, every week


class SeriesQuerySet(models.QuerySet):
    def lock(self, pk) -> "Series":
        """The series, its row locked to the end of the transaction. Raises Series.DoesNotExist."""
        return self.select_for_update(no_key=True, of=("self",)).select_related("venue", "cover").get(pk=pk)

    def running(self) -> Self:
        return self.filter(ended_at=None).order_by("id")

    def visible_to(self, user) -> Self:
        """Series with an event that the reader may see; for organisers all."""
        if acts_as_organiser(user):
            return self
        events = self.model.events.rel.related_model.objects.visible_to(user)
        return self.filter(Exists(events.filter(series=OuterRef("pk"))))

    def for_tickets(self, language=None) -> Self:
        """With the text for the reader, theme and place, oldest first."""
        rows = self.select_related("venue", "cover").order_by("id")
        return rows.prefetch_related(best_wordings(SeriesWording, language), themes(language))


class Series(Covered, Themed):
    """A meetup that repeats: every n weeks, on the nth or last weekday of the month, or on a day of the month.

    `starts_at` is a wall clock time in `time_zone`, the same on both sides of a clock change.
    """

    class Rule(models.TextChoices):
        WEEKS = "weeks", _("Every few weeks")
        WEEKDAY = "weekday", _("A weekday of the month")
        DAY = "day", _("A day of the month")

    class Nth(models.IntegerChoices):
        FIRST = 1, _("first")
        SECOND = 2, _("second")
        THIRD = 3, _("third")
        FOURTH = 4, _("fourth")
        LAST = -1, _("last")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=100, unique=True, editable=False)

    # The rule. `weekday` is Monday 0 to Sunday 6; `day_of_month` beyond a month's end means its last day.
    rule = models.CharField(_("how often"), max_length=8, choices=Rule.choices, default=Rule.WEEKDAY)
    every_weeks = models.PositiveSmallIntegerField(_("weeks between"), default=1)
    nth = models.SmallIntegerField(_("which one in the month"), choices=Nth.choices, default=Nth.THIRD)
    weekday = models.PositiveSmallIntegerField(_("weekday"), default=3)
    day_of_month = models.PositiveSmallIntegerField(_("day of the month"), default=1)
    skips_july = models.BooleanField(_("not in July"), default=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    starts_at = models.TimeField(_("starts at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    time_zone = models.CharField(_("time zone"), max_length=40, choices=timezones.choices, default="Europe/Oslo")

    # What each new event gets
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.LEAN_COFFEE)
    venue = models.ForeignKey(
        "events.Venue",
        verbose_name=_("venue"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="series",
    )
    online_url = models.URLField(_("link to the online meeting"), blank=True)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    hosts = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="hosted_series")
    principles = models.ManyToManyField(Principle, verbose_name=_("theme"), blank=True, related_name="series")
    cover = models.ForeignKey(Image, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    ahead = models.PositiveSmallIntegerField(_("number of upcoming events to create"), default=AHEAD)
    publishes = models.BooleanField(_("publish each event as soon as it is created"), default=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    best_wordings = BestWordings()

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints = [
            models.CheckConstraint(condition=Q(rule__in=["weeks", "weekday", "day"]), name="series_rule"),
            models.CheckConstraint(condition=Q(every_weeks__range=(1, 52)), name="series_every_weeks"),
            models.CheckConstraint(condition=Q(nth__in=[1, 2, 3, 4, -1]), name="series_nth"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="series_weekday"),
            models.CheckConstraint(condition=Q(day_of_month__range=(1, 31)), name="series_day_of_month"),
            models.CheckConstraint(condition=Q(minutes__range=(5, 1440)), name="series_minutes"),
            models.CheckConstraint(condition=Q(ahead__range=(1, MAX_AHEAD)), name="series_ahead"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")), name="series_ends_after"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__range=(1, 100_000)), name="series_capacity"
            ),
        ]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        return reverse("series", args=[self.slug])

    def leave_out(self, day) -> None:
        """Never make an event on this date again. Under the lock of the series."""
        self.skips.get_or_create(date=day)

    @property
    def wording(self) -> "SeriesWording | None":
        """The best wording for the reader of this page; prefetched by `for_tickets`, else one query."""
        if not hasattr(self, "best"):
            models.prefetch_related_objects([self], best_wordings(SeriesWording))
        return self.best[0] if self.best else None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_running(self) -> bool:
        return self.ended_at is None


class SeriesWording(Wording):
    """The title and description of a series and its events in one language."""

    subject_field = "series"
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="wordings")

    class Meta:
        verbose_name = _("series wording")
        verbose_name_plural = _("series wordings")
        constraints = wording_constraints("series", "series_wording")


class SeriesSkip(models.Model):
    """A date of the rule that gets no event: it was left out, or its event deleted."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="skips")
    date = models.DateField()

    class Meta:
        verbose_name = _("skipped date")
        verbose_name_plural = _("skipped dates")
        constraints = [models.UniqueConstraint(fields=["series", "date"], name="series_skip_once")]

    def __str__(self):
        return f"{self.series_id} {self.date}"
