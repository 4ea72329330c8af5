"""The forms of a message: its words, and the confirmation to send it."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..models import Message
from . import actions


class MessageForm(forms.ModelForm):
    class Meta:
        model = Message
        fields = ("audience", "language", "subject", "body")
        labels = {"language": _("Language of the text")}
        help_texts = {
            "subject": _("The event’s title is added automatically."),
            "body": _("Plain text. *Emphasis*, lists and links work as elsewhere. We add which event it is about."),
        }
        widgets = {"audience": forms.RadioSelect, "body": forms.Textarea(attrs={"rows": 9})}

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        counts = actions.readers_by_audience(event)
        self.fields["audience"].choices = [(key, f"{name} ({counts[key]})") for key, name in Message.Audience.choices]
        # Every message has a language: no empty choice.
        self.fields["language"].choices = settings.LANGUAGES


class SendForm(forms.Form):
    """`seen` is the fingerprint of the message as the sender read it."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
