"""The organisers' log. Append-only; the actor is a foreign key, never a copied name or address."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntryQuerySet(models.QuerySet):
    def latest_first(self) -> Self:
        return self.order_by("-at", "-id")

    def on(self, label, pk) -> Self:
        return self.filter(subject_label=label, subject_id=pk)


class AuditEntry(models.Model):
    """One thing that an organiser, a host or the site itself did. `about` is a title, never a person's name or address."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    # Tells a line of the site itself from one whose actor has left.
    by_site = models.BooleanField(default=False)
    verb = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    # The subject's model, such as "events.event", and its key; it may be deleted by now.
    subject_label = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    count = models.PositiveIntegerField(null=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        indexes = [
            models.Index(fields=["subject_label", "subject_id"], name="audit_subject"),
            models.Index(fields=["verb", "-at", "-id"], name="audit_verb"),
        ]

    def __str__(self):
        return f"{self.verb} {self.about}".strip()
