"""The monthly letter to followers."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import TextField


class MonthlyLetter(models.Model):
    """One month's letter: an organiser's greeting. All else in it is composed from facts when it is mailed."""

    # Its first day.
    month = models.DateField(unique=True)
    greeting = TextField(_("greeting"), max_length=1000, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("monthly letter")
        verbose_name_plural = _("monthly letters")

    def __str__(self):
        return f"{self.month:%Y-%m}"

    def get_absolute_url(self):
        return reverse("monthly_letter")
