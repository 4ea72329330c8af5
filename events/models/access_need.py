"""What an attendee needs to take part."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import TextField


class AccessNeed(models.Model):
    """What one person needs to take part: told to this event's hosts alone, deleted seven days after it.

    Given only with a consent of its own. It is on no list, in no mail, calendar, log or export of the site.
    """

    rsvp = models.OneToOneField("events.Rsvp", on_delete=models.CASCADE, related_name="access_need")
    text = TextField(_("what you need"), max_length=500)
    consented_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("access need")
        verbose_name_plural = _("access needs")

    def __str__(self):
        return f"access need {self.pk}"
