"""What a host writes to those who come or wait."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Message


class MessageForm(forms.ModelForm):
    class Meta:
        model = Message
        fields = ("audience", "language", "subject", "body")
        labels = {"language": _("Language of the text")}
        help_texts = {
            "subject": _("The event’s title is added to it."),
            "body": _("Plain text; *emphasis*, lists and links work as elsewhere. Which event it is about is added."),
        }
        widgets = {"audience": forms.RadioSelect, "body": forms.Textarea(attrs={"rows": 9})}


class SendForm(forms.Form):
    """A yes to what was read: `seen` is the fingerprint of it, and goes back as it came."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
