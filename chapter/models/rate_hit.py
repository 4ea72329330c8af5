"""The counters of rate limits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateHit(models.Model):
    """How often a key was used in one window. The table is UNLOGGED: a crash may empty it."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("rate limit count")
        verbose_name_plural = _("rate limit counts")

    def __str__(self):
        return self.key
