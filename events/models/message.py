"""Messages of hosts to everybody with an RSVP."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField, TextField


class Message(models.Model):
    """What the hosts write to those who come or wait: a draft until it is sent, once."""

    class Audience(models.TextChoices):
        GOING = "going", _("People who are coming")
        WAITLISTED = "waitlisted", _("People on the waitlist")
        ALL = "all", _("Both")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="messages")
    audience = models.CharField(_("to"), max_length=10, choices=Audience.choices, default=Audience.GOING)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    subject = LineField(_("subject"), max_length=120)
    body = TextField(_("message"), max_length=5000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    # The number of readers when it was sent.
    sent_to = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=["going", "waitlisted", "all"]), name="message_audience")
        ]

    def __str__(self):
        return self.subject
