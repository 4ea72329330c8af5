"""Taking in events from elsewhere: `apply_event_row` makes one, changes it, or leaves it alone.

A row is a dict. Needed: `title` texts, `starts_at`, `ends_at` (aware). What a row does not hold is not said: a new event gets
the default, one that is there keeps what it has. Keys: source, external_id, uid, slug, kind, state, state_reason, starts_at,
ends_at, time_zone, venue (a dict of Venue's fields, or None), online_url, capacity, cut_off_hours, principles (numbers),
moved_from, sequence, changed_at, published_at, texts ({language: (title, body)}, the main language first), url;
as_it_was: an export of a site like this one, whose drafts, states and dates are taken as they are.

Nobody is mailed, and no RSVP is touched. An event that a hand has changed here since it was imported, that was deleted
here, or that people have signed up for and whose time or place would change, is left alone, and the report says so.
"""

import uuid
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import resolve, reverse
from django.utils import timezone

from chapter.refusals import Refused
from chapter.text import plain_slug
from chapter.transfer import importing
from chapter.wordings import adopt_wording
from principles.models import Principle

from .. import planning
from ..models import MAX_CAPACITY, Event, Venue
from ..slugs import free_slug, save_under_free_slug

COLUMNS = (
    *("kind", "state", "state_reason", "starts_at", "ends_at", "time_zone", "online_url", "capacity"),
    *("cut_off_hours", "moved_from", "sequence", "changed_at", "published_at"),
)
# What people who have signed up have been told.
PROMISED = ("state", "starts_at", "ends_at", "time_zone", "online_url")


def apply_event_row(row, *, report, publish=False):
    """Make, change or leave the event of this row, and put one line on the report; returns the event, or None.

    Raises Refused or ValidationError for values that an event cannot have: call it inside `report.row(…)`.
    `publish` announces what is to come; otherwise it is a draft. Locks the event's row.
    """
    row = _checked(row)
    what = label(row)
    mark = importing.mark_of(Event, source=row["source"], external_id=row["external_id"])
    event = _event_of(row, mark)
    if event is None and mark is not None:
        return report.kept(what, "it was deleted here")
    if event is None:
        return _make(row, what, report=report, publish=publish)
    return _update(event, row, what, mark=mark, report=report)


def label(row):
    title = next(iter(row["texts"].values()))[0]
    start = row["starts_at"].astimezone(ZoneInfo(row.get("time_zone", "UTC")))
    return f"{start:%Y-%m-%d %H:%M} {title}"


def _checked(row):
    """The row with clean texts, whole values and a name of its own."""
    row = {"source": "", "texts": {}, **row}
    if not row["texts"] or not all(title for title, _ in row["texts"].values()):
        raise Refused("it has no title")
    if not row.get("starts_at"):
        raise Refused("it has no start")
    row["ends_at"] = row.get("ends_at") or row["starts_at"] + timedelta(hours=1)
    # These two are what the database's constraints say of an event; asking it for each row would double the time.
    if row["ends_at"] <= row["starts_at"]:
        raise Refused("it ends before it starts")
    if not 1 <= (row.get("capacity") or 1) <= MAX_CAPACITY:
        raise Refused(f"seats: {row['capacity']} is not a number from 1 to {MAX_CAPACITY}")
    return row


def _event_of(row, mark):
    """The event that this row is about, locked; by its mark, or by the UID that it has here."""
    events = Event.objects.select_for_update(of=("self",))
    found = events.filter(pk=mark.subject_id).first() if mark else None
    if found is None and row.get("uid"):
        found = events.filter(uid=row["uid"]).first()
    return found


# Making


def _make(row, what, *, report, publish):
    state = row.get("state") or Event.State.PUBLISHED
    is_over = row["ends_at"] <= timezone.now()
    is_ours = row.get("as_it_was", False)
    if not is_ours and not publish and not is_over:
        if state == Event.State.CANCELLED:
            return report.kept(what, "it is cancelled there, and never was here")
        state = Event.State.DRAFT
    event = Event(uid=row.get("uid") or uuid.uuid4(), **_columns(row))
    event.state = state
    if not event.is_draft and not event.published_at and not is_ours:
        event.published_at = min(timezone.now(), event.starts_at)
    event.venue = _venue(row.get("venue"))
    _save_new(event, row)
    _set_texts(event, row)
    event.principles.set(Principle.objects.filter(number__in=row.get("principles", ())))
    _mark(event, row)
    report.made(what)
    return event


def _columns(row):
    return {name: row[name] for name in COLUMNS if name in row and name != "state"}


def _save_new(event, row):
    """Under the address it had, if that is free; else under one from its date and title."""
    event.clean_fields(exclude=["slug", "uid", "venue"])
    wanted = plain_slug(row.get("slug", ""), length=110)
    if not wanted or not _leads_to_an_event(wanted):
        return save_under_free_slug(event, next(iter(row["texts"].values()))[0])
    event.slug = free_slug(wanted)
    return event.save()


def _leads_to_an_event(slug):
    """Not a word like "new" or "past", which has a page of its own."""
    return resolve(reverse("event", args=[slug])).url_name == "event"


def _venue(said):
    """The venue of this name and town, made if there is none; one that is there stays as it is."""
    if not said or not said.get("name"):
        return None
    return _found_venue(said) or _new_venue(said)


def _found_venue(said):
    rows = Venue.objects.filter(name__iexact=said["name"], city__iexact=said.get("city", "")).order_by("id")
    exact = rows.filter(address__iexact=said["address"]).first() if said.get("address") else None
    # A feed that writes the street in another way means the same place; our own export means what it says.
    return exact or (None if "directions" in said and said.get("address") else rows.first())


def _new_venue(said):
    venue = Venue(**{name: value for name, value in said.items() if value})
    # A foreign file may name a place without its street or town: an organiser adds them.
    venue.full_clean(exclude=[name for name in ("address", "city") if not said.get(name)])
    venue.save()
    return venue


def _set_texts(event, row):
    source = _source(row.get("url", ""))
    for language, (title, body) in row["texts"].items():
        adopt_wording(event, language=language, title=title, body=body, **source)


def _source(url):
    """Where the text came from, if that is an address that a reader may follow."""
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return {}
    return {"source_url": url[:500], "source_name": (urlsplit(url).hostname or "")[:200]}


def _mark(event, row):
    names = {"source": row["source"], "external_id": row["external_id"]}
    importing.mark(event, **names, fingerprint=planning.fingerprint(event))


# Changing


def _update(event, row, what, *, mark, report):
    """Change what differs, unless a hand was here or people rely on it."""
    differs = _differences(event, row)
    if not differs:
        if mark is None:
            _mark(event, row)
        report.same(what)
        return event
    if mark is None or mark.fingerprint != planning.fingerprint(event):
        report.kept(what)
        return event
    if differs & {*PROMISED, "venue"} and event.rsvps.holding().exists():
        report.kept(what, "people have signed up: change it here by hand, so that they are told")
        return event
    _store(event, row, differs)
    report.changed(what, ", ".join(sorted(differs)))
    return event


def _differences(event, row):
    """The names of what the row says otherwise than the event does."""
    said = {name: row[name] for name in COLUMNS if name in row and name != "changed_at"}
    differs = {name for name, value in said.items() if getattr(event, name) != value}
    if event.is_draft and event.is_over and "state" not in row:
        differs.add("state")
    if "venue" in row and not _is_there(event, row["venue"]):
        differs.add("venue")
    if "principles" in row and set(row["principles"]) != set(event.principles.values_list("number", flat=True)):
        differs.add("principles")
    current = {text.language: (text.title, text.body) for text in event.wordings.current()}
    if any(current.get(language) != text for language, text in row["texts"].items()):
        differs.add("text")
    return differs


def _is_there(event, said):
    """Whether the event is at the place that the row names, without making it."""
    if not said or not said.get("name"):
        return event.venue is None
    return event.venue is not None and _found_venue(said) == event.venue


def _store(event, row, differs):
    for name, value in _columns(row).items():
        setattr(event, name, value)
    event.venue = _venue(row["venue"]) if "venue" in row else event.venue
    if "state" in differs:
        event.state = row.get("state") or Event.State.PUBLISHED
        event.published_at = event.published_at or (None if event.is_draft else timezone.now())
    if differs & {*PROMISED, "venue"} and "sequence" not in row:
        event.sequence += 1
    event.changed_at = row.get("changed_at") or timezone.now()
    event.clean_fields(exclude=["slug", "uid", "venue"])
    event.save()
    _set_texts(event, row)
    if "principles" in differs:
        event.principles.set(Principle.objects.filter(number__in=row["principles"]))
    _mark(event, row)
