"""Forms about photos: many files at once, one photo's description, and “take me out”."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineFormField, TextFormField
from chapter.forms import GuardedForm
from chapter.pictures import ACCEPT
from chapter.privacy import days

from .taking_out import NOTE_DAYS


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class ManyFilesField(forms.FileField):
    """Several files; each is checked when it is stored, so that a bad one stops none of the others."""

    widget = ManyFilesInput(attrs={"accept": ACCEPT, "multiple": True})

    def clean(self, data, initial=None):
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(data)


class PhotosForm(forms.Form):
    photos = ManyFilesField(
        label=_("Photos"),
        help_text=_("JPEG, PNG or WebP, at most 8 MB each."),
    )
    credit = LineFormField(
        label=_("Photographer"),
        help_text=_("This applies to all of them. You can change it for each one."),
        max_length=120,
        required=False,
    )


class DescriptionForm(forms.Form):
    """What a photo shows; in a gallery no picture is decorative."""

    alt = LineFormField(
        label=_("Describe the photo for people who can’t see it"),
        help_text=_("What would you say on the phone? One sentence, no names."),
        max_length=300,
    )
    caption = LineFormField(label=_("Caption"), max_length=300, required=False)
    credit = LineFormField(label=_("Photographer"), max_length=120, required=False)
    people_agreed = forms.BooleanField(
        label=_("The people in it have agreed, or there is no one in it"),
        help_text=_("The photo isn’t shown until you tick this."),
        required=False,
    )


class MoveForm(forms.Form):
    move = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])


class TakeOutForm(GuardedForm):
    note = TextFormField(
        label=_("Message to the hosts and organisers"),
        help_text=format_lazy(
            _("You don’t need to say who you are or why. Only they read it, and it is deleted after {period}."),
            period=days(NOTE_DAYS),
        ),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ShowAgainForm(forms.Form):
    agreed = forms.BooleanField(label=_("The person who asked has agreed that it can be shown"))
