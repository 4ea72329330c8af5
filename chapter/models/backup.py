"""What a restored backup must be told: when the last one was made, and what has been deleted since."""

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Backup(models.Model):
    """A backup that was made, as the script that made it says."""

    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    size = models.PositiveBigIntegerField(help_text="In bytes.")

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")

    def __str__(self):
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class Gone(models.Model):
    """A row that was deleted, or a picture that was withdrawn: its table and key, nothing else.

    A trigger writes it in the same transaction (`chapter/privacy/gone.py`).
    """

    # In the place of a table, for a picture that is hidden and not deleted.
    WITHDRAWN = "withdrawn"

    place = models.CharField(max_length=63)
    # As text: most keys are numbers, some are UUIDs.
    row = models.CharField(max_length=36)
    at = models.DateTimeField(default=timezone.now, db_default=Now(), db_index=True)

    class Meta:
        verbose_name = _("deleted row")
        verbose_name_plural = _("deleted rows")

    def __str__(self):
        return f"{self.place} {self.row}"
