"""A picture in a form."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import audit
from ..fields import LineFormField, demanded_at_times
from ..models import Image
from .images import ACCEPT, UnusableImage, draw, store_image
from .small import draw_logo, draw_portrait

audit.describe("picture_stored", gettext_lazy("uploaded a picture for a text"))


class ImageFormField(forms.FileField):
    """A picture; its cleaned value is a Drawing, for `store_image`."""

    widget = forms.FileInput(attrs={"accept": ACCEPT})
    draw = staticmethod(draw)

    def to_python(self, data):
        upload = super().to_python(data)
        return upload and self.draw(upload)


class PortraitFormField(ImageFormField):
    draw = staticmethod(draw_portrait)


class LogoFormField(ImageFormField):
    draw = staticmethod(draw_logo)


class PictureForm(forms.Form):
    """A picture with its description, or the statement that it is decorative.

    A larger form has it among its bases, and sets `fields["picture"].required = False` if the picture is optional.
    """

    needs_description = True

    picture = ImageFormField(
        label=gettext_lazy("Picture"), help_text=gettext_lazy("JPEG, PNG or WebP, at most 8 MB.")
    )
    alt = demanded_at_times(
        LineFormField(
            label=gettext_lazy("Describe the picture for people who can’t see it"),
            help_text=gettext_lazy("Required, unless the picture is decorative."),
            max_length=300,
            required=False,
        )
    )
    is_decorative = forms.BooleanField(
        label=gettext_lazy("It is decorative: it adds nothing that isn’t in the text"), required=False
    )
    caption = LineFormField(label=gettext_lazy("Caption"), max_length=300, required=False)
    credit = LineFormField(label=gettext_lazy("Photographer"), max_length=120, required=False)

    def clean(self):
        cleaned = super().clean()
        if self.needs_description and cleaned.get("picture") and not (cleaned["is_decorative"] or cleaned.get("alt")):
            self.add_error("alt", _("Describe the picture, or say that it is decorative."))
        return cleaned

    @transaction.atomic
    def store_and_log(self, *, by) -> Image | None:
        # The log names no picture: a description may hold a person's name.
        image = self.store_picture(by=by)
        if image:
            audit.record("picture_stored", by=by, subject=image)
        return image

    def store_picture(self, *, by) -> Image | None:
        """The stored Image, or None if no picture was sent; a failure to store it becomes an error of the form."""
        if not self.cleaned_data.get("picture"):
            return None
        names = ("alt", "is_decorative", "caption", "credit")
        try:
            return store_image(self.cleaned_data["picture"], **{n: self.cleaned_data[n] for n in names}, by=by)
        except UnusableImage as error:
            self.add_error("picture", error)
            return None
