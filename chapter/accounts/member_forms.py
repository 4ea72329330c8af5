"""Forms of my page."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..models import Member


class DetailsForm(forms.ModelForm):
    """What a member may say about themselves; the bio is for organisers, who write posts."""

    class Meta:
        model = Member
        fields = ("name", "organisation", "language", "bio")
        labels = {
            "name": _("Name"),
            "organisation": _("Organisation"),
            "language": _("Language"),
            "bio": _("About you"),
        }
        help_texts = {
            "organisation": _("Where you work, if you like to say so. You come as yourself either way."),
            "language": _("The site and its mails speak to you in this language."),
            "bio": _("A sentence or two that stand below the posts you write."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "language": forms.Select(choices=settings.LANGUAGES),
            "bio": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.is_organiser:
            del self.fields["bio"]


class DeleteMeForm(forms.Form):
    """What becomes of public words when their writer leaves."""

    texts = forms.ChoiceField(
        label=_("What shall become of your comments and public microactions?"),
        choices=[
            ("remove", _("Remove them too")),
            ("keep", _("Let them stand, without my name")),
        ],
        initial="remove",
        widget=forms.RadioSelect,
    )

    @property
    def keep_texts(self):
        return self.cleaned_data["texts"] == "keep"
