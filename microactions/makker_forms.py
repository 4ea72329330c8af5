"""What is typed about makkers, and about the meetup that came of a microaction."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import EmailFormField, LineFormField
from chapter.forms import GuardedForm
from chapter.wordings import best_wordings
from events.models import Event, EventWording

from .forms import EventField
from .models import Microaction
from .origins import linkable

BACK = timedelta(days=60)
AHEAD = timedelta(days=365)


def _one_of(*names):
    return forms.ChoiceField(choices=[(name, name) for name in names])


class BoxForm(forms.Form):
    """Which button of the makker box was pressed, by the person."""

    action = _one_of("invite", "let_go", "want", "want_no_more")


class ActForm(forms.Form):
    """Which button the makker pressed."""

    action = _one_of("confirm", "leave", "line")


class GuestMakkerForm(GuardedForm):
    """A guest says yes."""

    name = LineFormField(
        label=_("Your name"),
        max_length=80,
        help_text=_("The person who invited you sees it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailFormField(
        label=_("Your e-mail"),
        max_length=254,
        required=False,
        help_text=_("Only if you want one mail on the day. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class LineForm(forms.Form):
    """A line from the makker to the person."""

    line = LineFormField(
        label=_("A line to them"),
        max_length=200,
        required=False,
        help_text=_("Only they see it. Saving an empty one takes it back."),
    )


class MeetupForm(forms.Form):
    """The meetup that came of a microaction."""

    led_to = EventField(label=_("Which meetup?"), empty_label=_("None"))

    def __init__(self, *args, user, chosen_id=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["led_to"].queryset = meetups_to_choose(user, chosen_id)


def meetups_to_choose(user, chosen_id=None):
    """Announced ones from 60 days ago to a year ahead, for organisers drafts too, and what is chosen already."""
    now = timezone.now()
    may_see = Event.objects.visible_to(user)
    events = may_see.filter(starts_at__range=(now - BACK, now + AHEAD)) | may_see.filter(pk=chosen_id)
    return events.order_by("-starts_at", "-id").prefetch_related(best_wordings(EventWording))


class MicroactionField(forms.ModelChoiceField):
    def label_from_instance(self, microaction):
        return f"{microaction.what} ({microaction.name})" if microaction.name else microaction.what


class LinkForm(forms.Form):
    """An organiser says which shared microaction a meetup came of."""

    microaction = MicroactionField(Microaction.objects.none(), label=_("Which microaction?"), empty_label=_("None"))

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["microaction"].queryset = linkable(event)


class UnlinkForm(forms.Form):
    """An organiser takes one such link back."""

    unlink = forms.IntegerField(min_value=1, max_value=2**63 - 1)
