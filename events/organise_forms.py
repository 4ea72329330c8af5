"""The organisers' forms: the event itself is in `event_form.py`; here its text, its state, its seats and venues."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from markdownx.widgets import MarkdownxWidget

from chapter.fields import LineFormField, TextFormField, WebAddressField

from .models import MAX_CAPACITY, Event, Venue

CAPACITY_MESSAGES = dict.fromkeys(
    ("invalid", "min_value", "max_value"),
    _("Write a whole number from 1 to 100,000, or leave the field empty for no limit."),
)


def title_field():
    return LineFormField(
        label=_("Title"),
        max_length=200,
        help_text=_("What will happen, in a few words. The date is added by itself."),
    )


def body_field():
    return TextFormField(
        label=_("Description"),
        required=False,
        max_length=20_000,
        help_text=_("What you will do, who it is for, what to bring."),
        widget=MarkdownxWidget,
    )


def capacity_field():
    return forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=1,
        max_value=MAX_CAPACITY,
        help_text=_("Empty: no limit. Fewer seats than people turn nobody away."),
        error_messages=CAPACITY_MESSAGES,
    )


def reason_field(*, help_text, required=False):
    return LineFormField(label=_("Reason"), max_length=300, required=required, help_text=help_text)


def asks_access_needs_field():
    return forms.BooleanField(
        label=_("Ask those who come what they need to take part"),
        required=False,
        help_text=_(
            "For instance an interpreter, a ramp or food without nuts. Only the hosts of this event read the answers, on "
            "one page; other organisers do not. They are deleted a week after the event. Ask only if you can act on it."
        ),
    )


def forget_needs_field():
    return forms.BooleanField(label=_("Yes, stop asking, and delete what people have told"), required=False)


class WordingForm(forms.Form):
    """An event's text in one more language."""

    title = title_field()
    body = body_field()
    version = forms.CharField(widget=forms.HiddenInput, required=False)


class ConfirmForm(forms.Form):
    """A yes."""


class ReasonForm(forms.Form):
    """A yes, and why."""

    reason = reason_field(
        required=True,
        help_text=_(
            "One sentence for everyone who had planned to come. It is mailed, and shown on the event’s page."
        ),
    )


class CapacityForm(forms.Form):
    capacity = capacity_field()


def _told_if_moved(count):
    text = ngettext(
        "Has the place moved? Say why in one sentence: %(count)d person who is coming or waiting is told by mail, once. "
        "Empty, for a corrected name: nobody is mailed.",
        "Has the place moved? Say why in one sentence: %(count)d people who are coming or waiting are told by mail, "
        "once. Empty, for a corrected name: nobody is mailed.",
        count,
    )
    return text % {"count": count}


class VenueForm(forms.ModelForm):
    """A venue. Where `told` people are to come to it, a reason is mailed to them; without one nobody is mailed."""

    map_url = WebAddressField(label=_("Map link"))

    def __init__(self, *args, told=0, **kwargs):
        super().__init__(*args, **kwargs)
        if told:
            self.fields["reason"] = reason_field(help_text=_told_if_moved(told))

    def clean_reason(self):
        reason = self.cleaned_data["reason"]
        if reason and not set(self.changed_data) - {"reason", "language"}:
            raise ValidationError(_("Nothing about the place has changed, so there is nothing to tell."))
        return reason

    class Meta:
        model = Venue
        fields = ("name", "address", "city", "language", "directions", "access_notes", "map_url")
        widgets = {
            "directions": forms.Textarea(attrs={"rows": 4}),
            "access_notes": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "language": _("The language that the two texts below are written in."),
            "directions": _("From the street to the room: which door, which floor, whom to call."),
        }


def language_field():
    return forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)


def kind_field():
    return forms.ChoiceField(label=_("Kind"), choices=Event.Kind.choices)
