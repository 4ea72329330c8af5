"""Uploaded pictures."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import LineField


class Image(models.Model):
    """A picture, re-encoded from an upload without its EXIF data."""

    file = models.ImageField(_("file"), upload_to="images/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = LineField(_("description for people who can’t see it"), max_length=300, blank=True)
    is_decorative = models.BooleanField(_("decorative: adds nothing that isn’t in the text"), default=False)
    caption = LineField(_("caption"), max_length=300, blank=True)
    credit = LineField(_("photographer"), max_length=120, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="images",
        editable=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Offered for any text; photos of events are not.
    is_listed = models.BooleanField(default=True, editable=False)
    # Not empty: the picture is withdrawn and its files were moved to this name.
    withdrawn_file = models.CharField(max_length=100, blank=True, editable=False)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_decorative=True) | ~models.Q(alt=""),
                name="image_described",
                violation_error_message=_("Describe the picture, or say that it is decorative."),
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="image_listed", condition=models.Q(is_listed=True)),
        ]

    def __str__(self):
        return self.alt or self.caption or self.file.name


class Covered:
    """A model that has a `cover`."""

    @property
    def shown_cover(self) -> Image | None:
        # Not while somebody in it has asked to be taken out.
        return self.cover if self.cover and not self.cover.withdrawn_file else None
