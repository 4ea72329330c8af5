"""Which meetup came of a microaction."""

from datetime import timedelta

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from chapter.wordings import best_wordings
from events.models import Event, EventWording

from ..models import Microaction
from ..pledges import EventField
from .actions import linkable

BACK = timedelta(days=60)
AHEAD = timedelta(days=365)
EACH_WAY = 30


class MeetupForm(forms.Form):
    """The meetup that came of a microaction."""

    led_to = EventField(label=_("Which event?"), empty_label=_("None"))

    def __init__(self, *args, user, chosen_id=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["led_to"].queryset = meetups_to_choose(user, chosen_id)


def meetups_to_choose(user, chosen_id=None) -> QuerySet:
    """The nearest announced ones back to 60 days ago and ahead to a year, for organisers drafts too, and the chosen one."""
    near = Event.objects.visible_to(user).around_now(back=BACK, ahead=AHEAD, each_way=EACH_WAY, chosen_id=chosen_id)
    return near.prefetch_related(best_wordings(EventWording))


class LinkForm(forms.Form):
    """An organiser says which shared microaction a meetup came of."""

    microaction = forms.ModelChoiceField(Microaction.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["microaction"].queryset = linkable()


class UnlinkForm(forms.Form):
    """An organiser takes one such link back."""

    unlink = forms.IntegerField(min_value=1, max_value=2**63 - 1)
