"""Import one event: `apply_event_row` makes it, changes it, or leaves it alone.

Nobody is mailed, and no RSVP is touched. An event that was edited here since its import, that was deleted here, or that has
RSVPs and whose time or place would change, is left alone, and the report says so.
"""

import uuid
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import resolve, reverse
from django.utils import timezone

from chapter import remarks
from chapter.refusals import Refused
from chapter.remarks import remark as _
from chapter.text import plain_slug, save_under_free_slug
from chapter.transfer import importing
from chapter.wordings import adopt_wording
from principles.models import Principle

from .. import planning
from ..models import MAX_CAPACITY, Event, Venue
from ..slugs import save_with_slug
from . import again
from .event_row import UNSAID, EventRow

# What people who have signed up have been told.
PROMISED = {"state", "starts_at", "ends_at", "time_zone", "is_whole_days", "online_url", "venue"}


def apply_event_row(row: EventRow, *, report, publish=False, taken: set[int] | None = None) -> Event | None:
    """Make, change or leave the event of this row, and put one line on the report. Locks the event's row.

    Raises Refused or ValidationError for values that an event cannot have: call it inside `report.row(…)`.
    `publish` announces what is to come; otherwise it is a draft. `taken` holds the events of the rows before: one that
    is not among them, with the title and start of this row, is the same under another name.
    """
    row = _checked(row)
    what = what_of(row)
    mark = importing.mark_of(Event, source=row.source, external_id=row.external_id)
    event, is_renamed = _event_of(row, mark), False
    if event is None and mark is not None:
        return report.kept(what, _("it was deleted here"))
    if event is None and taken is not None and (event := again.same_event(row, taken=taken)):
        mark, is_renamed = again.newest_mark(event), True
    if event is None:
        event = _make(row, what, report=report, publish=publish)
    else:
        event = _update(event, row, what, mark=mark, report=report, is_renamed=is_renamed)
    if taken is not None and event is not None:
        taken.add(event.pk)
    return event


def what_of(row: EventRow) -> str:
    """An event's line in the report."""
    start = row.starts_at.astimezone(ZoneInfo(row.time_zone or "UTC"))
    place = (row.venue or {}).get("name", "")
    when = f"{start:%Y-%m-%d}" if row.is_whole_days else f"{start:%Y-%m-%d %H:%M}"
    return f"{when} {row.title}" + (f", {place}" if place else "")


def _checked(row):
    if not row.texts or not all(title for title, _body in row.texts.values()):
        raise Refused(_("it has no title"))
    if not row.starts_at:
        raise Refused(_("it has no start"))
    row = replace(row, ends_at=row.ends_at or row.starts_at + timedelta(hours=1))
    # These two are what the database's constraints say of an event; asking it for each row would double the time.
    if row.ends_at <= row.starts_at:
        raise Refused(_("it ends before it starts"))
    if not 1 <= (row.capacity or 1) <= MAX_CAPACITY:
        raise Refused(
            _(
                "seats: {capacity} isn’t a number from 1 to {number}",
                capacity=row.capacity,
                number=MAX_CAPACITY,
            )
        )
    return row


def _event_of(row, mark):
    """The event of this row, locked: by its mark, or by the UID that it has here."""
    events = Event.objects.select_for_update(of=("self",))
    found = events.filter(pk=mark.subject_id).first() if mark else None
    if found is None and row.uid:
        found = events.filter(uid=row.uid).first()
    return found


# Making


def _make(row, what, *, report, publish):
    event = Event(uid=row.uid or uuid.uuid4(), **row.columns())
    event.state = row.state or Event.State.PUBLISHED
    if not row.is_export and not publish and row.ends_at > timezone.now():
        if event.is_cancelled:
            return report.kept(what, _("it was cancelled there, and was never here"))
        event.state = Event.State.DRAFT
    if not event.is_draft and not event.published_at and not row.is_export:
        # A past event was announced before it began.
        event.published_at = min(timezone.now(), event.starts_at)
    event.venue = _venue(row.venue)
    _save_new(event, row)
    _set_texts(event, row)
    event.principles.set(Principle.objects.filter(number__in=row.principles or ()))
    _mark(event, row)
    report.made(what)
    return event


def _save_new(event, row):
    event.clean_fields(exclude=["slug", "uid", "venue"])
    wanted = plain_slug(row.slug, length=110)
    # Words like "new" and "past" have pages of their own.
    if not wanted or resolve(reverse("event", args=[wanted])).url_name != "event":
        return save_with_slug(event, row.title)
    return save_under_free_slug(event, wanted)


def _venue(said):
    """The venue of this name and town, made if there is none; a stored one is not changed."""
    if not said or not said.get("name"):
        return None
    return _found_venue(said) or _new_venue(said)


def _found_venue(said):
    rows = Venue.objects.filter(name__iexact=said["name"], city__iexact=said.get("city", ""))
    rows = rows.order_by("-is_listed", "id")
    exact = rows.filter(address__iexact=said["address"]).first() if said.get("address") else None
    # A feed that writes the street in another way means the same place; our own export means what it says.
    return exact or (None if "directions" in said and said.get("address") else rows.first())


def _new_venue(said):
    venue = Venue(**{name: value for name, value in said.items() if value})
    # A foreign file may name a place without its street or town: an organiser adds them.
    venue.full_clean()
    venue.save()
    return venue


def _set_texts(event, row):
    source = _source(row.url)
    for language, (title, body) in row.texts.items():
        adopt_wording(event, language=language, title=title, body=body, **source)


def _source(url):
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return {}
    return {"source_url": url[:500], "source_name": (urlsplit(url).hostname or "")[:200]}


def _mark(event, row):
    names = {"source": row.source, "external_id": row.external_id}
    importing.mark(event, **names, fingerprint=planning.fingerprint(event))


# Changing


def _update(event, row, what, *, mark, report, is_renamed):
    differs = _differences(event, row)
    if not differs:
        if mark is None or (is_renamed and mark.fingerprint == planning.fingerprint(event)):
            # From now on an import may change it, until it is edited here.
            _mark(event, row)
        report.same(what, _renamed() if is_renamed else "")
        return event
    if mark is None or mark.fingerprint != planning.fingerprint(event):
        report.kept(what, _renamed(differs) if is_renamed else "")
        return event
    if differs & PROMISED and event.rsvps.holding().exists():
        report.kept(what, _signed_up())
        return event
    _store(event, row, differs)
    report.changed(what, _names_of(differs))
    return event


def _differences(event, row):
    """The names of what the row says otherwise than the event does."""
    said = row.columns().items()
    differs = {name for name, value in said if name != "changed_at" and getattr(event, name) != value}
    if event.is_draft and event.is_over and row.state is UNSAID:
        differs.add("state")
    if row.venue is not UNSAID and not _is_at(event, row.venue):
        differs.add("venue")
    numbers = set(event.principles.values_list("number", flat=True))
    if row.principles is not UNSAID and set(row.principles) != numbers:
        differs.add("principles")
    current = {text.language: (text.title, text.body) for text in event.wordings.current()}
    if any(current.get(language) != text for language, text in row.texts.items()):
        differs.add("text")
    return differs


def _is_at(event, said):
    if not said or not said.get("name"):
        return event.venue is None
    return event.venue is not None and _found_venue(said) == event.venue


def _store(event, row, differs):
    for name, value in row.columns().items():
        if name != "state":
            setattr(event, name, value)
    old_place = event.venue_id
    event.venue = event.venue if row.venue is UNSAID else _venue(row.venue)
    if "state" in differs:
        event.state = row.state or Event.State.PUBLISHED
        event.published_at = event.published_at or (None if event.is_draft else timezone.now())
    # Calendars take a change by its higher SEQUENCE (RFC 5545).
    if differs & PROMISED and row.sequence is UNSAID:
        event.sequence += 1
    event.changed_at = row.changed_at or timezone.now()
    event.clean_fields(exclude=["slug", "uid", "venue"])
    event.save()
    Venue.objects.forgotten().filter(pk=old_place).delete()
    _set_texts(event, row)
    if "principles" in differs:
        event.principles.set(Principle.objects.filter(number__in=row.principles))
    _mark(event, row)


# What the report says


def _signed_up():
    return _("people have signed up: change it here by hand, so that they’re told")


def _renamed(differs=()):
    if not differs:
        return _("it is here already, with this title and start, under another ID or none")
    return _(
        "it is here already, with this title and start, under another ID or none, and differs: {names}",
        names=_names_of(differs),
    )


def _names_of(differs):
    """A command says the names of the columns."""
    return remarks.joined((_name_of(name) for name in sorted(differs)), ", ")


def _name_of(name):
    if name == "text":
        return _("text")
    label = Event._meta.get_field(name).verbose_name
    return remarks.Remark(remarks.in_each_language(lambda: str(label)), typed=name)


def take_back(event, what, mark, *, report) -> None:
    """Cancel an event whose source took back all its dates; nobody is mailed. Locks the event's row."""
    event = Event.objects.lock(event.pk)
    if mark.fingerprint != planning.fingerprint(event):
        return report.kept(what)
    if event.rsvps.holding().exists():
        return report.kept(what, _signed_up())
    event.state, event.changed_at = Event.State.CANCELLED, timezone.now()
    event.sequence += 1
    event.save()
    importing.mark(event, source=mark.source, external_id=mark.external_id, fingerprint=planning.fingerprint(event))
    return report.changed(what, _names_of({"state"}))
