"""Sister chapters and their events."""

from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import remarks
from chapter.fields import LineField
from chapter.prepared import now

# How long the events of a broken feed are shown.
SISTERS_KEPT = timedelta(days=30)


class SisterChapter(models.Model):
    """A chapter elsewhere whose calendar we show. Its events stay when its feed breaks."""

    name = LineField(_("name"), max_length=80)
    home_url = models.URLField(_("web page"), blank=True)
    feed_url = models.URLField(_("address of the calendar feed"), max_length=500, unique=True)
    # Last fetch, last good one and what is wrong since then; the server's name for the version that we have.
    asked_at = models.DateTimeField(null=True, editable=False)
    fetched_at = models.DateTimeField(null=True, editable=False)
    trouble = models.CharField(max_length=40, blank=True, editable=False)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    # What was guessed in its feed, such as a time zone, in each language; None before the first feed.
    remarks = models.JSONField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sister chapter")
        verbose_name_plural = _("sister chapters")
        ordering = ("name", "id")

    def __str__(self):
        return self.name

    def notes(self) -> list[str]:
        """What was guessed in its feed, in the language of the page."""
        return [remarks.shown(one) for one in self.remarks or ()]

    @property
    def broken_since(self) -> datetime:
        # Listed, if its feed was never good.
        return self.fetched_at or self.created_at

    @property
    def is_silent(self) -> bool:
        """Whether its events are no longer shown, after SISTERS_KEPT with a broken feed."""
        return self.broken_since < timezone.now() - SISTERS_KEPT


class SisterEventQuerySet(models.QuerySet):
    def coming(self) -> Self:
        """Not over, nearest first, of chapters that are not silent."""
        fresh = self.filter(ends_at__gt=now(), chapter__fetched_at__gte=now(ago=SISTERS_KEPT))
        return fresh.select_related("chapter").order_by("starts_at", "id")


class SisterEvent(models.Model):
    """An event of a sister chapter, as its feed said when it was last good."""

    chapter = models.ForeignKey(SisterChapter, on_delete=models.CASCADE, related_name="events")
    uid = models.CharField(max_length=500)
    title = LineField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=40, default="UTC")
    is_whole_days = models.BooleanField(default=False, db_default=False)
    place = LineField(max_length=300, blank=True)
    url = models.URLField(max_length=500, blank=True)

    objects = SisterEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a sister chapter")
        verbose_name_plural = _("events of sister chapters")
        ordering = ("starts_at", "id")
        constraints = [models.UniqueConstraint(fields=["chapter", "uid", "starts_at"], name="sister_event_once")]

    def __str__(self):
        return self.title

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def last_day(self) -> date:
        """The last day of what lasts whole days, which ends at the midnight after it."""
        return (self.local_end - timedelta(microseconds=1)).date()

    @property
    def start_iso(self) -> str:
        """The start as machines read it: a day alone where it lasts whole days."""
        return (self.local_start.date() if self.is_whole_days else self.local_start).isoformat()

    @property
    def page(self) -> str:
        """The address of the event's own page, else of its chapter's; may be empty."""
        return self.url or self.chapter.home_url
