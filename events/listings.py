"""The filter of lists of events, which pages, feeds and the embedded list share."""

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from chapter.prepared import prepared

from .models import Event, Venue

ONLINE = "online"


@prepared
def towns_announced():
    return _towns_of(Event.objects.announced())


@prepared
def towns_ahead():
    return _towns_of(Event.objects.upcoming())


def _towns_of(events):
    # Asked of each place, which are few, whether it has an event: of the events only one is read.
    here = Exists(events.filter(venue=OuterRef("pk")).order_by())
    return Venue.objects.listed().exclude(city="").filter(here).order_by().values_list("city", flat=True)


class EventFilter(forms.Form):
    """Kind and place, from the query string; a value that is no choice is ignored, never an error."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)

    def __init__(self, data, *, towns):
        super().__init__(data)
        self.fields["kind"].choices = [("", _("All kinds")), *Event.Kind.choices]
        # Sorted here: the database may have no Nordic collation.
        places = [(town, town) for town in sorted(set(towns), key=str.casefold)]
        self.fields["place"].choices = [("", _("Everywhere")), *places, (ONLINE, _("Online"))]

    @property
    def is_used(self) -> bool:
        return self.is_bound and bool(self.chosen)

    @property
    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def labels(self) -> list[str]:
        fields = (name for name in self.chosen if hasattr(self.fields[name], "choices"))
        return [str(dict(self.fields[name].choices)[self.chosen[name]]) for name in fields]

    def narrow(self, events: QuerySet[Event]) -> QuerySet[Event]:
        if kind := self.chosen.get("kind"):
            events = events.filter(kind=kind)
        place = self.chosen.get("place")
        if place == ONLINE:
            return events.exclude(online_url="")
        return events.filter(venue__city=place) if place else events
