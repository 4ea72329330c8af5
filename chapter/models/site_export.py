"""An export of the site that an organiser asked for, kept in pieces until it is fetched or too old."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SiteExportQuerySet(models.QuerySet):
    def expired(self) -> Self:
        return self.filter(asked_at__lte=timezone.now() - SiteExport.KEPT_FOR)

    def live(self) -> Self:
        return self.filter(asked_at__gt=timezone.now() - SiteExport.KEPT_FOR)

    def latest_first(self) -> Self:
        return self.order_by("-asked_at", "-id")


class SiteExport(models.Model):
    """One ZIP file; `pieces` has its bytes once it is ready."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    KEPT_FOR = timedelta(hours=24)

    asked_at = models.DateTimeField(default=timezone.now, db_index=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    has_drafts = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    size = models.PositiveBigIntegerField(default=0)

    objects = SiteExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of the site")
        verbose_name_plural = _("exports of the site")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["waiting", "ready", "failed"]), name="site_export_state"),
            # Whatever is pressed how often: one at a time.
            models.UniqueConstraint("state", condition=Q(state="waiting"), name="site_export_one_at_a_time"),
        ]

    def __str__(self):
        return f"{self.asked_at:%Y-%m-%d} {self.state}"

    @property
    def kept_until(self):
        return self.asked_at + self.KEPT_FOR

    @property
    def is_ready(self):
        return self.state == self.State.READY

    @property
    def is_waiting(self):
        return self.state == self.State.WAITING


class SiteExportPiece(models.Model):
    """A stretch of the file: what a process holds in memory at once."""

    export = models.ForeignKey(SiteExport, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = _("piece of an export")
        verbose_name_plural = _("pieces of exports")
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="site_export_piece_once")]

    def __str__(self):
        return f"{self.export_id} {self.number}"
