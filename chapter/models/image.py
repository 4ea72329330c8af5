"""Pictures that were uploaded, and where they may be shown."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import LineField


class Image(models.Model):
    """A picture, drawn anew from an upload: what a camera knew about time and place is gone."""

    file = models.ImageField(_("file"), upload_to="images/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = LineField(_("description for those who cannot see it"), max_length=300, blank=True)
    is_decorative = models.BooleanField(_("decorative: says nothing that the text does not"), default=False)
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
    # Among the pictures that are offered for any text; a photo of an event is not.
    is_listed = models.BooleanField(default=True, editable=False)
    # Not empty: withdrawn from everywhere. The files lie under this name now, and under `file` there is nothing.
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

    def __str__(self):
        return self.alt or self.caption or self.file.name
