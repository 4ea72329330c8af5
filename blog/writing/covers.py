"""The cover picture of a post: choosing, describing, replacing and removing it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.pictures import PictureForm, delete_image

DESCRIPTION = ("alt", "is_decorative", "caption", "credit")


class CoverForm(PictureForm):
    """The picture that is there, another one, or none."""

    remove = forms.BooleanField(label=_("Remove the picture"), required=False)

    def __init__(self, *args, cover=None, by=None, **kwargs):
        self.cover, self.by, self.new = cover, by, None
        initial = {name: getattr(cover, name) for name in DESCRIPTION} if cover else {}
        super().__init__(*args, initial=initial, prefix="cover", **kwargs)
        self.fields["picture"].required = False
        if cover is None:
            del self.fields["remove"]

    def clean(self):
        cleaned = super().clean()
        described = cleaned.get("alt") or cleaned.get("is_decorative")
        if self._keeps_old() and not described and "alt" not in self.errors:
            self.add_error("alt", _("Describe the picture, or say that it is decorative."))
        return cleaned

    @property
    def must_choose_again(self):
        # Browsers do not send a chosen file twice: after any error the writer has to choose it again.
        return bool(self.files.get(self.add_prefix("picture")))

    def store_new(self):
        """Store the chosen picture, if any, before the post's transaction. False if that failed."""
        self.new = self.store_picture(by=self.by)
        return not self.errors

    def drop_new(self):
        # For a post that was not saved after all.
        if self.new:
            delete_image(self.new)

    def result(self):
        """The post's cover from now on, with its description stored, or None. Needs store_new()."""
        if self.new or not self._keeps_old():
            return self.new
        if self.has_changed():
            for name in DESCRIPTION:
                setattr(self.cover, name, self.cleaned_data[name])
            self.cover.save(update_fields=DESCRIPTION)
        return self.cover

    def _keeps_old(self):
        given = self.cleaned_data
        return bool(self.cover) and not given.get("picture") and not given.get("remove")
