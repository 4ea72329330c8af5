"""Sister chapters, and what they have on."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField

# What a feed said when it was last good is worth showing for so long.
SISTERS_KEPT = timedelta(days=30)


class SisterChapter(models.Model):
    """Another chapter whose calendar we show. Its last good state stays when its feed breaks."""

    name = LineField(_("name"), max_length=80)
    home_url = models.URLField(_("web page"), blank=True)
    feed_url = models.URLField(_("address of the calendar feed"), max_length=500, unique=True)
    # When we last asked, when we last got something good, and what was wrong since; what the server said of its version.
    asked_at = models.DateTimeField(null=True, editable=False)
    fetched_at = models.DateTimeField(null=True, editable=False)
    trouble = models.CharField(max_length=40, blank=True, editable=False)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sister chapter")
        verbose_name_plural = _("sister chapters")
        ordering = ("name", "id")

    def __str__(self):
        return self.name

    @property
    def broken_since(self):
        """When its feed was last good; when it was listed, if never."""
        return self.fetched_at or self.created_at

    @property
    def is_silent(self):
        """Whether its feed has been broken for so long that its events are no longer shown."""
        return self.broken_since < timezone.now() - SISTERS_KEPT


class SisterEventQuerySet(models.QuerySet):
    def coming(self):
        """Not over, nearest first, of chapters whose feed has been good of late; with their chapter, in one query."""
        now = timezone.now()
        fresh = self.filter(ends_at__gt=now, chapter__fetched_at__gte=now - SISTERS_KEPT)
        return fresh.select_related("chapter").order_by("starts_at", "id")


class SisterEvent(models.Model):
    """A coming event of another chapter, as its feed said when it was last good."""

    chapter = models.ForeignKey(SisterChapter, on_delete=models.CASCADE, related_name="events")
    uid = models.CharField(max_length=500)
    title = LineField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=40, default="UTC")
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
    def local_start(self):
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def local_end(self):
        return self.ends_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def page(self):
        """Where to read more: the event's own page, else its chapter's; empty if neither is known."""
        return self.url or self.chapter.home_url
