"""Where imported rows came from, so that importing again updates instead of duplicating."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportMark(models.Model):
    """The source's name for an imported row, and ours."""

    source = models.CharField(max_length=200)
    external_id = models.CharField(max_length=500)
    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    # Hash of our row after the import; if the row's hash differs now, somebody has edited it here.
    fingerprint = models.CharField(max_length=64, blank=True)
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("import mark")
        verbose_name_plural = _("import marks")
        constraints = [
            models.UniqueConstraint(fields=["subject_label", "source", "external_id"], name="import_once"),
        ]
        indexes = [models.Index(fields=["subject_label", "subject_id"], name="import_subject")]

    def __str__(self):
        return f"{self.source} {self.external_id}"
