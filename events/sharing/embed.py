"""Our events on other people's pages: which of them, their public data, and the snippets to copy."""

from django import forms
from django.conf import settings
from django.forms.models import ModelChoiceIteratorValue
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from chapter.forms import LanguageSelect
from chapter.languages import current

from ..calendars import feed_url
from ..listings import EventFilter, towns_announced
from ..models import Event, EventQuerySet, SeriesWording

SHOWN = 5
MOST = 50
# The names are public: they may be added to, never renamed or removed.
FIELDS = (
    ("id", _("the event’s own ID, which never changes")),
    ("title", _("in the language of the address, or another that we have")),
    ("language", _("of the title: nb, sv or en")),
    ("kind", _("lean_coffee, workshop, talk, unconference or other")),
    ("state", _("published, postponed or cancelled")),
    ("reason", _("why it was moved, postponed or cancelled; may be empty")),
    ("reason_language", _("of the reason: nb, sv or en; empty without one")),
    ("starts_at, ends_at", _("ISO 8601, with the offset of the place")),
    ("is_whole_days", _("true for an event without times; ends_at is the midnight after its last day")),
    ("time_zone", _("its IANA name")),
    ("venue", _("name, address and city; null for what is only online")),
    ("is_online", _("true or false; the link is sent only to people with a seat")),
    ("series", _("the series’ short name, or null")),
    ("seats, seats_left", _("null where there is no limit")),
    ("principles", _("the numbers of the themes, 1 to 7")),
    ("url, calendar_url", _("the event’s page, and its calendar file")),
    ("changed_at", _("when time, place, state or text last changed")),
)


class Selection(EventFilter):
    """The events that a page elsewhere asks for in its query; unknown values are ignored."""

    series = forms.ChoiceField(label=_("Series"), required=False, widget=LanguageSelect)
    n = forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=MOST)

    def __init__(self, data):
        # Choices from all events ever announced: a page about one town stays empty until its next event.
        super().__init__(data, towns=towns_announced())
        self.fields["series"].choices = [("", _("All")), *_series()]

    def narrow(self, events) -> EventQuerySet:
        events = super().narrow(events)
        slug = self.chosen.get("series")
        return events.filter(series__slug=slug) if slug else events

    def rows(self, *, default) -> EventQuerySet:
        """The next events, at most `n` or `default`; six queries, two of which the fields make."""
        number = self.chosen.get("n", default)
        return self.narrow(Event.objects.upcoming()).select_related("series").for_tickets()[:number]

    @property
    def query(self):
        return f"?{urlencode(self.chosen)}" if self.chosen else ""


def _series():
    announced = Event.objects.announced().exclude(series=None).values("series")
    rows = SeriesWording.objects.best_for(current(), subject_field="series").filter(series__in=announced)
    choices = [(ModelChoiceIteratorValue(row.series.slug, row), row.title) for row in rows.select_related("series")]
    return sorted(choices, key=lambda choice: choice[1].casefold())


def public_json(event) -> dict:
    """The FIELDS of an event from `for_tickets()`, without a query."""
    text, venue = event.wording, event.venue
    return {
        "id": str(event.uid),
        "title": text.title if text else event.slug,
        "language": text.language if text else current(),
        "kind": event.kind,
        "state": event.state,
        "reason": event.state_reason,
        "reason_language": event.reason_language,
        "starts_at": event.local_start.isoformat(timespec="seconds"),
        "ends_at": event.local_end.isoformat(timespec="seconds"),
        "is_whole_days": event.is_whole_days,
        "time_zone": event.time_zone,
        "venue": {"name": venue.name, "address": venue.address, "city": venue.city} if venue else None,
        "is_online": event.is_online,
        "series": event.series.slug if event.series else None,
        "seats": event.capacity,
        "seats_left": event.seats_left,
        "principles": [principle.number for principle in event.themes],
        "url": settings.SITE_URL + event.get_absolute_url(),
        "calendar_url": settings.SITE_URL + reverse("event_ics", args=[event.slug]),
        "changed_at": event.changed_at.isoformat(timespec="seconds"),
    }


def snippets(selection, chapter) -> dict[str, str]:
    frame = settings.SITE_URL + reverse("embed") + selection.query
    data = settings.SITE_URL + reverse("events_json") + selection.query
    return {
        "frame": frame_of(frame, __("%(chapter)s: events") % {"chapter": chapter.name}),
        "frame_address": frame,
        "data": data,
        "script": render_to_string("events/sharing/snippet.txt", {"address": data, "language": current()}).rstrip(),
        "feed": feed_url(**{name: selection.chosen[name] for name in ("kind", "place") if name in selection.chosen}),
    }


def frame_of(address, title) -> str:
    style = "width: 100%; height: 32rem; border: 0"
    return f'<iframe src="{escape(address)}" title="{escape(title)}" loading="lazy" style="{style}"></iframe>'
