"""Which meetup came of a microaction."""

from datetime import timedelta

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.wordings import best_wordings
from events.models import Event, EventWording

from ..models import Microaction
from ..pledges import EventField
from .actions import linkable

BACK = timedelta(days=60)
AHEAD = timedelta(days=365)


class MeetupForm(forms.Form):
    """The meetup that came of a microaction."""

    led_to = EventField(label=_("Which event?"), empty_label=_("None"))

    def __init__(self, *args, user, chosen_id=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["led_to"].queryset = meetups_to_choose(user, chosen_id)


def meetups_to_choose(user, chosen_id=None) -> QuerySet:
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
