"""The organisers' verbs on one event: create, edit and move, publish, postpone, cancel, delete.

Each is atomic and locks the Event row first, as every verb on RSVPs does. A change of time, place or state of an announced
event raises `sequence` and mails everyone who is going or waiting, once, from the same transaction. A verb that comes too
late (a stale page, a second click) changes nothing and returns None. Longer than 300 lines, since they share their steps.
"""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from chapter import mail
from chapter.languages import current
from chapter.wordings import adopt_wording, main_language

from .. import access_needs, audit, photos, rsvps
from ..models import Event, Series
from ..slugs import save_with_slug
from . import places
from .editing import ChangedMeanwhile, fingerprint_of
from .telling import Telling

TIME = ("starts_at", "ends_at", "time_zone")
PLACE = ("venue", "online_url")
# Columns on the edit page, besides the times.
SHOWN = ("kind", "state", "time_zone", "venue_id", "online_url", "capacity", "asks_access_needs")
WEEK = timedelta(weeks=1)


# Making


@transaction.atomic
def create(*, columns, text, hosts=(), principles=(), publishes=False, by=None) -> Event:
    """Create a draft, and publish it if asked to. `text` is language, title and body; `columns` are fields of Event.

    A place that is not stored yet is stored first.
    """
    places.store(columns.get("venue"), by=by)
    event = Event(**columns)
    save_with_slug(event, text["title"])
    event.hosts.set(hosts)
    event.principles.set(principles)
    adopt_wording(event, **text, author=by)
    audit.record("event_drafted", event, by=by)
    if publishes:
        publish(event.pk, by=by)
        event.refresh_from_db()
    return event


@transaction.atomic
def duplicate(event_id, *, by=None) -> Event:
    """Create a draft like this event, at the same hour in the first later week that is to come; it belongs to no series."""
    old = Event.objects.select_related("venue").get(pk=event_id)
    main = main_language(old)
    texts = sorted(old.wordings.current(), key=lambda text: text.language != main)
    copied = ("kind", "time_zone", "is_whole_days", "venue", "online_url", "capacity", "cut_off_hours", "cover")
    columns = {name: getattr(old, name) for name in copied}
    weeks = weeks_to_come(old.local_start)
    new = Event(**columns, starts_at=old.local_start + weeks, ends_at=old.local_end + weeks)
    save_with_slug(new, texts[0].title if texts else old.slug)
    new.hosts.set(old.hosts.all())
    new.principles.set(old.principles.all())
    for text in texts:
        adopt_wording(new, language=text.language, title=text.title, body=text.body, author=by)
    audit.record("event_duplicated", new, by=by)
    return new


def weeks_to_come(local, *, at_least=1) -> timedelta:
    """The fewest weeks after which the aware datetime `local` is still to come."""
    # Adding to an aware datetime is wall clock arithmetic: the hour stays when the clocks change.
    weeks = timedelta(weeks=at_least)
    while local + weeks <= timezone.now():
        weeks += WEEK
    return weeks


# Editing and moving


def fingerprint(event) -> str:
    moments = [int(moment.timestamp()) for moment in (event.starts_at, event.ends_at)]
    # Only where it is so: marks of imports hold digests from before there were whole days.
    moments += ["whole days"] if event.is_whole_days else []
    return fingerprint_of(event, [moments, [str(getattr(event, name)) for name in SHOWN]])


def is_move(event, columns) -> bool:
    return any(getattr(event, name) != columns[name] for name in (*TIME, *PLACE))


def needs_reason(event, columns) -> bool:
    """Whether people are mailed: not about a draft, a past or a postponed event."""
    return event.is_published and not event.is_over and is_move(event, columns)


@transaction.atomic
def edit(event_id, *, version, columns, text, hosts, principles, reason="", publishes=False, by=None) -> int:
    """Store the edit page and fill new seats from the waitlist. Returns the number mailed about a move.

    `version` is the fingerprint that the page showed. Raises ChangedMeanwhile if it is another one now. `publishes` is
    about drafts alone: a postponed event has a question of its own, since its new date is mailed.
    """
    event = Event.objects.lock(event_id)
    if fingerprint(event) != version:
        raise ChangedMeanwhile
    old_place = event.venue_id
    places.store(columns["venue"], by=by)
    verb = "event_moved" if is_move(event, columns) else "event_edited"
    # From now on it does not follow its series.
    event.is_edited = True
    told = apply_changes(event, columns, title=text["title"], reason=reason, by=by)
    event.hosts.set(hosts)
    event.principles.set(principles)
    _adopt(event, text, by)
    audit.record(verb, event, by=by)
    places.forget(old_place)
    if publishes and event.is_draft:
        publish(event_id, by=by)
    return told


def apply_changes(event, columns, *, title, reason, by=None, tell=None) -> int:
    """Apply the columns to a locked event; mail attendees if time or place changed. Returns the number mailed.

    `tell(event, kind)` replaces the mailing where a verb changes several events.
    """
    tells = needs_reason(event, columns)
    if event.asks_access_needs and not columns.get("asks_access_needs", True):
        access_needs.stop_asking(event, by=by)
    _set_columns(event, columns, title, reason=reason if tells else None)
    if not event.is_draft and event.capacity != columns["capacity"]:
        rsvps.change_capacity(event_id=event.pk, capacity=columns["capacity"], by=by)
    told = (tell or _tell_everyone)(event, "event_moved") if tells else 0
    # A later start may lie before the cut-off again, so that seats are given silently.
    rsvps.fill_seats(event)
    return told


def _set_columns(event, columns, title, *, reason):
    moves, old_start = is_move(event, columns), event.starts_at
    for name, value in columns.items():
        # The seats of an announced event are changed by `rsvps`.
        if name != "capacity" or event.is_draft:
            setattr(event, name, value)
    event.changed_at = timezone.now()
    # An event that was ever announced keeps its address.
    if event.published_at is None and event.is_draft:
        return save_with_slug(event, title)
    if moves:
        event.sequence += 1
        if reason is not None:
            _give_reason(event, reason)
        if event.is_published and old_start != event.starts_at:
            event.moved_from = old_start
    return event.save()


def _adopt(event, text, by):
    # A draft that was written under the wrong language changes its language instead of getting a second text.
    if event.is_draft and text["language"] != (old := main_language(event)):
        event.wordings.filter(language=old).delete()
    adopt_wording(event, **text, author=by)


@transaction.atomic
def write_text(event_id, *, language, title, body, version, by=None) -> None:
    """Store the event's text in one language; mails nobody. Raises ChangedMeanwhile."""
    event = Event.objects.lock(event_id)
    if fingerprint(event) != version:
        raise ChangedMeanwhile
    adopt_wording(event, language=language, title=title, body=body, author=by)
    event.changed_at, event.is_edited = timezone.now(), True
    event.save(update_fields=["changed_at", "is_edited"])
    audit.record("event_worded", event, by=by)


def told_of(venue) -> QuerySet[Event]:
    """The events whose attendees are mailed when the venue moves: announced, and not over."""
    return venue.events.filter(state=Event.State.PUBLISHED, ends_at__gt=timezone.now())


@transaction.atomic
def venue_changed(venue, *, reason="") -> int:
    """Raise the sequence of the venue's coming events, for calendars. Returns how many mails are queued.

    With a reason everyone who is going or waiting there is mailed, once for a whole series; without one, for a corrected
    name, nobody is. Locks the events in order of id.
    """
    coming = venue.events.filter(Q(ends_at__gt=timezone.now()) | Q(state=Event.State.POSTPONED))
    locked = coming.order_by("id").select_for_update(no_key=True, of=("self",))
    tellings = defaultdict(Telling)
    told = 0
    for event in locked:
        tell = tellings[event.series_id].add if event.series_id else _tell_everyone
        told += _announce_place(event, reason, tell=tell)
    return told + sum(telling.post() for telling in tellings.values())


def _announce_place(event, reason, *, tell):
    tells = bool(reason) and event.is_published
    event.sequence += 1
    event.changed_at = timezone.now()
    if tells:
        _give_reason(event, reason)
    event.save(update_fields=["sequence", "changed_at", "state_reason", "reason_language"])
    return tell(event, "event_moved") if tells else 0


# The state


@transaction.atomic
def publish(event_id, *, by=None) -> int | None:
    """Publish a draft, or a postponed event with its new date, which is mailed. Returns the number mailed."""
    event = Event.objects.lock(event_id)
    if event.is_draft:
        event.published_at = event.published_at or timezone.now()
        audit.record("event_published", event, by=by)
        return _change_state(event, Event.State.PUBLISHED)
    if event.is_postponed and not event.is_over:
        # The reason of the postponement stays: it is why the date is another one.
        told = _change_state(event, Event.State.PUBLISHED, reason=None, mail_kind="event_moved")
        rsvps.fill_seats(event)
        audit.record("event_redated", event, by=by)
        return told
    return None


@transaction.atomic
def unpublish(event_id, *, by=None) -> int | None:
    """Make a draft of an event that never had an RSVP. Returns 0, or None if it was too late."""
    event = Event.objects.lock(event_id)
    if not event.is_published or event.rsvps.exists():
        return None
    audit.record("event_unpublished", event, by=by)
    return _change_state(event, Event.State.DRAFT)


@transaction.atomic
def postpone(event_id, *, reason, by=None) -> int | None:
    """Postpone without a new date; RSVPs stay. Returns the number mailed."""
    event = Event.objects.lock(event_id)
    if not event.is_published or event.is_over:
        return None
    event.moved_from = event.starts_at
    audit.record("event_postponed", event, by=by)
    return _change_state(event, Event.State.POSTPONED, reason=reason, mail_kind="event_postponed")


@transaction.atomic
def cancel(event_id, *, reason, by=None, tell=None) -> int | None:
    """Cancel for good; page and RSVPs stay. Returns the number mailed; `tell` as for `apply_changes`."""
    event = Event.objects.lock(event_id)
    if not event.can_be_cancelled:
        return None
    audit.record("event_cancelled", event, by=by)
    return _change_state(event, Event.State.CANCELLED, reason=reason, mail_kind="event_cancelled", tell=tell)


@transaction.atomic
def delete_draft(event_id, *, by=None) -> bool:
    """Delete a draft that never had an RSVP. True also if it was deleted before. Locks its series, then the event."""
    made_by = Series.objects.filter(events=event_id).values_list("id", flat=True).first()
    owner = Series.objects.lock(made_by) if made_by else None
    try:
        event = Event.objects.lock(event_id)
    except Event.DoesNotExist:  # a second click
        return True
    if not event.is_draft or event.rsvps.exists():
        return False
    if owner:
        # Or the series would make it again.
        owner.leave_out(event.series_date)
    audit.record("event_deleted", event, by=by)
    photos.delete_all(event)
    event.delete()
    places.forget(event.venue_id)
    return True


def _change_state(event, state, *, reason="", mail_kind="", tell=None):
    event.state = state
    if reason is not None:
        _give_reason(event, reason)
    event.sequence += 1
    event.changed_at = timezone.now()
    event.save()
    return (tell or _tell_everyone)(event, mail_kind) if mail_kind else 0


def _give_reason(event, reason):
    # Its writer has the site in the language that it is written in.
    event.state_reason, event.reason_language = reason, current() if reason else ""


def _tell_everyone(event, kind):
    ids = list(event.rsvps.holding().order_by("id").values_list("id", flat=True))
    return mail.post_all(kind, ids, sequence=event.sequence)
