"""What followers are told: an announcement, who is told of it, and the mail that tells."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Series

from .follower import Follower


class AnnouncementQuerySet(models.QuerySet):
    def lock(self, pk) -> "Announcement":
        return self.select_for_update(of=("self",)).get(pk=pk)

    def of(self, kind: str, object_id: int) -> Self:
        return self.filter(kind=kind, object_id=object_id)

    def due(self) -> Self:
        """Those whose time has come, and whose readers are not yet written down."""
        return self.filter(spread_at=None, stopped_at=None, due_at__lte=timezone.now())


class Announcement(models.Model):
    """That something is told to followers, once: `kind` and `object_id` name it as those of a Delivery do.

    Until `due_at` nobody is written to. Then its readers are written down (`spread_at`), and their mails are queued in
    portions. `stopped_at` ends it at any time: whoever has no mail yet gets none.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    # Whether it goes out at once to everybody, whatever their rhythm: a meetup that will not take place.
    is_urgent = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    spread_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="announced_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(spread_at=None, stopped_at=None), name="announcement_due")
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}"

    @property
    def is_waiting(self) -> bool:
        return self.spread_at is None and self.stopped_at is None


class Digest(models.Model):
    """One mail to one follower with all their news of that time; its Delivery has it as object."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="digests")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")

    def __str__(self):
        return f"digest {self.pk}"


class NewsQuerySet(models.QuerySet):
    def untold(self) -> Self:
        return self.filter(digest=None)


class News(models.Model):
    """That one follower is to be told of one announcement; `digest` is the mail that tells it."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="news")
    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="news", db_index=False)
    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, null=True, related_name="news")

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        constraints = [models.UniqueConstraint(fields=["follower", "announcement"], name="news_once")]
        indexes = [models.Index(fields=["follower"], condition=Q(digest=None), name="news_untold")]

    def __str__(self):
        return f"news {self.pk}"


class ToldSeries(models.Model):
    """A series whose dates are announced by themselves."""

    series = models.OneToOneField(Series, on_delete=models.CASCADE, related_name="told")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("series told to followers")
        verbose_name_plural = _("series told to followers")

    def __str__(self):
        return str(self.series_id)
