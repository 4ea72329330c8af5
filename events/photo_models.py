"""The photos of an event. What happens to them is in `photos.py`."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chapter.fields import TextField
from chapter.models import Image


class PhotoQuerySet(models.QuerySet):
    def shown(self):
        """What the public sees: described, agreed to, and not hidden."""
        return self.filter(is_described=True, people_agreed=True, hidden_at=None).order_by("position", "id")


class Photo(models.Model):
    """One picture of an event: alt text, caption and photographer are the Image's own."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="photos")
    image = models.OneToOneField(Image, on_delete=models.CASCADE, related_name="photo")
    # Uploaded many at a time, described one by one: until then only the hosts see it.
    is_described = models.BooleanField(default=False)
    people_agreed = models.BooleanField(_("the people in it have agreed, or there is nobody in it"), default=False)
    position = models.PositiveIntegerField(default=0)
    # "Take me out": hidden at once by whoever is in it; the note is theirs, for the organisers.
    hidden_at = models.DateTimeField(null=True)
    hidden_note = TextField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            models.CheckConstraint(condition=Q(hidden_at__isnull=False) | Q(hidden_note=""), name="photo_note_hidden")
        ]

    def __str__(self):
        return f"{self.event_id} {self.pk}"
