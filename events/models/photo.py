"""The photos of an event; their verbs are in the room `photos`."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chapter.fields import TextField
from chapter.models import Image


class PhotoQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        return self.select_related("image").order_by("position", "id")

    def shown(self) -> Self:
        """What the public sees: described, agreed to, and not hidden."""
        return self.filter(is_described=True, people_agreed=True, hidden_at=None)

    def unfinished(self) -> Self:
        return self.filter(Q(is_described=False) | Q(people_agreed=False), hidden_at=None)

    def hidden(self) -> Self:
        return self.filter(hidden_at__isnull=False).order_by("hidden_at", "id")


class Photo(models.Model):
    """One picture of an event: alt text, caption and photographer are the Image's own.

    Its image is `is_decorative` until it is described: on the hosts' pages, the only ones that draw it so far, file
    name and number stand beside it as text.
    """

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="photos")
    image = models.OneToOneField(Image, on_delete=models.CASCADE, related_name="photo")
    # Uploaded many at a time, described one by one: until then only the hosts see it.
    is_described = models.BooleanField(default=False)
    people_agreed = models.BooleanField(_("the people in it have agreed, or there is no one in it"), default=False)
    position = models.PositiveIntegerField(default=0)
    # SHA-256 of the file as it was sent, so that a file sent twice, or by two hosts, is one photo.
    digest = models.CharField(max_length=64, blank=True, editable=False)
    # "Take me out": hidden at once by the person in it, with a note to the organisers.
    hidden_at = models.DateTimeField(null=True)
    hidden_note = TextField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            models.UniqueConstraint(fields=["event", "digest"], condition=~Q(digest=""), name="photo_once_per_event"),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=False) | Q(hidden_note=""), name="photo_note_hidden"
            ),
        ]
        indexes = [
            models.Index(fields=["event", "position", "id"], name="photo_in_order"),
            models.Index(fields=["hidden_at", "id"], name="photo_hidden", condition=Q(hidden_at__isnull=False)),
        ]

    def __str__(self):
        return f"{self.event_id} {self.pk}"

    def get_absolute_url(self):
        return reverse("event_photo", args=[self.event.slug, self.pk])

    @property
    def is_hidden(self):
        return self.hidden_at is not None

    @property
    def is_shown(self):
        return self.is_described and self.people_agreed and not self.is_hidden
