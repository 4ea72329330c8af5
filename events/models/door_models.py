"""At the door and around it: who walked in, what was written to those who come, what a person needs to take part."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField, TextField


class WalkIn(models.Model):
    """Somebody who came without an RSVP. They need no seat in the queue: they stand in the room."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="walk_ins")
    # Empty where nobody asked, and once the retention job has been.
    name = LineField(_("name"), max_length=80, blank=True)
    # Made on the phone, so that the same tap, sent twice over a bad line, is one person.
    client_id = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("walk-in")
        verbose_name_plural = _("walk-ins")
        ordering = ("created_at", "id")
        constraints = [models.UniqueConstraint(fields=["event", "client_id"], name="walk_in_once")]

    def __str__(self):
        return f"{self.event_id} {self.pk}"


class Message(models.Model):
    """What the hosts wrote to those who come or wait. A draft until it is sent, once."""

    class Audience(models.TextChoices):
        GOING = "going", _("Those who are coming")
        WAITLISTED = "waitlisted", _("Those on the waitlist")
        ALL = "all", _("Both")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="messages")
    audience = models.CharField(_("to"), max_length=10, choices=Audience.choices, default=Audience.GOING)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    subject = LineField(_("subject"), max_length=120)
    body = TextField(_("message"), max_length=5000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    # How many it went to, when it was sent.
    sent_to = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=["going", "waitlisted", "all"]), name="message_audience")
        ]

    def __str__(self):
        return self.subject


class AccessNeed(models.Model):
    """What one person needs to take part, told to this event's hosts alone, and gone seven days after it.

    Asked for only where the event says so, given only with a consent of its own. It is on no list, in no mail, no
    calendar, no export of the site and no log.
    """

    rsvp = models.OneToOneField("events.Rsvp", on_delete=models.CASCADE, related_name="access_need")
    text = TextField(_("what you need"), max_length=500)
    consented_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("access need")
        verbose_name_plural = _("access needs")

    def __str__(self):
        return f"access need {self.pk}"
