"""The cover picture of a post: choosing, describing, replacing and taking it away."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineFormField
from chapter.images import ImageFormField, UnusableImage, store_image

DESCRIPTION = ("alt", "is_decorative", "caption", "credit")


class CoverForm(forms.Form):
    upload = ImageFormField(label=_("Picture"), required=False, help_text=_("JPEG, PNG or WebP, up to 8 MB."))
    alt = LineFormField(
        label=_("What does it show?"),
        max_length=300,
        required=False,
        help_text=_("Read aloud to those who cannot see it."),
    )
    is_decorative = forms.BooleanField(
        label=_("It is decoration: it says nothing that the text does not."), required=False
    )
    caption = LineFormField(label=_("Caption"), max_length=300, required=False)
    credit = LineFormField(label=_("Photographer"), max_length=120, required=False)
    remove = forms.BooleanField(label=_("Take the picture away"), required=False)

    def __init__(self, *args, cover=None, by=None, **kwargs):
        self.cover, self.by, self.stored = cover, by, None
        initial = {name: getattr(cover, name) for name in DESCRIPTION} if cover else {}
        super().__init__(*args, initial=initial, prefix="cover", **kwargs)
        if cover is None:
            del self.fields["remove"]

    def clean(self):
        cleaned = super().clean()
        self.keeps_one = bool(cleaned.get("upload") or self.cover) and not cleaned.get("remove")
        if self.keeps_one and not cleaned.get("alt") and not cleaned.get("is_decorative"):
            self.add_error("alt", _("Describe the picture, or say that it is decoration."))
        return cleaned

    @property
    def must_choose_again(self):
        """A browser never sends a chosen file twice: after an error anywhere the writer has to choose it again."""
        return bool(self.files.get(self.add_prefix("upload")))

    def store(self):
        """Store the chosen file and its description, once every form of the page is valid; False if it is unusable."""
        if not self.keeps_one:
            return True
        description = {name: self.cleaned_data[name] for name in DESCRIPTION}
        if self.cleaned_data["upload"]:
            return self._store_upload(description)
        if self.has_changed():
            self._describe(description)
        return True

    def result(self):
        """The post's cover from now on, or None; after store()."""
        return (self.stored or self.cover) if self.keeps_one else None

    def _store_upload(self, description):
        try:
            self.stored = store_image(self.cleaned_data["upload"], **description, by=self.by)
        except UnusableImage as error:
            self.add_error("upload", str(error))
        return self.stored is not None

    def _describe(self, description):
        for name, value in description.items():
            setattr(self.cover, name, value)
        self.cover.save(update_fields=DESCRIPTION)
