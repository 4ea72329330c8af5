"""People who came without an RSVP."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField


class WalkIn(models.Model):
    """A person who came without an RSVP; they take no seat and no place in the queue."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="walk_ins")
    # Empty if nobody asked, and after the retention job.
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
