"""A file that an organiser brings in on the site: first tried, then taken in, and kept for a day."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import LineField


class ImportFileQuerySet(models.QuerySet):
    def expired(self) -> Self:
        return self.filter(asked_at__lte=timezone.now() - ImportFile.KEPT_FOR)

    def live(self) -> Self:
        return self.filter(asked_at__gt=timezone.now() - ImportFile.KEPT_FOR)

    def of_kind(self, kind) -> Self:
        return self.filter(kind=kind)

    def in_work(self) -> Self:
        return self.filter(state__in=ImportFile.IN_WORK)

    def latest_first(self) -> Self:
        return self.order_by("-asked_at", "-id")


class ImportFile(models.Model):
    """The bytes, how they are to be read, and the report of the last run: that of a trial stores nothing."""

    class Kind(models.TextChoices):
        EVENTS = "events", _("Events")
        POSTS = "posts", _("Posts")

    class State(models.TextChoices):
        TRYING = "trying", _("Being read")
        TRIED = "tried", _("Read")
        TAKING = "taking", _("Being brought in")
        DONE = "done", _("Brought in")
        REFUSED = "refused", _("Can’t be read")
        FAILED = "failed", _("Failed")

    IN_WORK = (State.TRYING, State.TAKING)
    KEPT_FOR = timedelta(hours=24)

    kind = models.CharField(max_length=6, choices=Kind.choices, db_default=Kind.EVENTS)
    name = LineField(_("name"), max_length=120)
    content = models.BinaryField()
    # What the verbs of the import take, and what Report.as_stored() gives, or {"error"}, or {"done", "of"} on its way.
    options = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    state = models.CharField(max_length=7, choices=State.choices, default=State.TRYING)
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ImportFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file brought in")
        verbose_name_plural = _("files brought in")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["trying", "tried", "taking", "done", "refused", "failed"]),
                name="import_file_state",
            ),
            models.CheckConstraint(condition=Q(kind__in=["events", "posts"]), name="import_file_kind"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_in_work(self):
        return self.state in self.IN_WORK

    @property
    def is_tried(self):
        return self.state == self.State.TRIED

    @property
    def is_done(self):
        return self.state == self.State.DONE

    @property
    def has_failed(self):
        return self.state == self.State.FAILED

    @property
    def is_refused(self):
        return self.state == self.State.REFUSED
