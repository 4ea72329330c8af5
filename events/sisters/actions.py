"""Sister chapters' events: their calendar feeds, fetched by a job every two hours, never by a reader's browser.

The events of a broken feed stay for thirty days; the organisers' desk names it. Fetching happens outside every transaction,
storing in one that locks the chapter's row.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from chapter import audit, remarks
from chapter.models import Chapter
from chapter.remarks import remark as _
from chapter.remarks import remark_of_number as ngettext
from chapter.transfer import fetching

from .. import reading
from ..models import SisterChapter, SisterEvent

logger = logging.getLogger(__name__)

AHEAD = timedelta(days=366)
MAX_EVENTS = 100
MAX_NOTES = 5
SECONDS = 15
# Names that are reserved (RFC 2606): the demo's sister chapters have them, and no server answers.
NOBODYS = r"^https?://([^/]*\.)?example\.(org|com|net)(:|/|$)"

audit.describe("sister_added", gettext_lazy("added the chapter"))
audit.describe("sister_changed", gettext_lazy("edited the chapter"))
audit.describe("sister_removed", gettext_lazy("removed the chapter"))

# Why a feed gives nothing, as the form and the desk say it.
TROUBLES = {
    "address": gettext_lazy("Enter an address that begins with https:// and doesn’t contain a password."),
    "not_public": gettext_lazy(
        "This address can’t be reached from the internet. Ask the other chapter for a public address."
    ),
    "unknown_host": gettext_lazy("We can’t find a server with this name. Check the spelling."),
    "unreachable": gettext_lazy("The server doesn’t answer. Try again later."),
    "tls": gettext_lazy("The server’s certificate isn’t valid. Tell the other chapter."),
    "slow": gettext_lazy("The server takes too long to answer. Try again later."),
    "too_big": gettext_lazy("This file is too large to be a calendar. Check the address."),
    "garbled": gettext_lazy("We received only part of the calendar. Try again later."),
    "redirects": gettext_lazy(
        "The address redirects too many times. Check it, or ask the other chapter for the right one."
    ),
    "status": gettext_lazy("The server won’t give us the calendar. It may have moved, or it may be private."),
    "no_calendar": gettext_lazy("This isn’t a calendar. Look for a link that ends in .ics."),
    "too_many": gettext_lazy(
        "This calendar has more events than we can show. Ask the other chapter for another calendar address."
    ),
    "exploding": gettext_lazy(
        "This calendar has more repeated events than we can show. Ask the other chapter for another calendar address."
    ),
    "odd": gettext_lazy("We can’t read this calendar. Check the address."),
}


class Trouble(Exception):
    """The feed gives nothing usable; `code` is one of TROUBLES."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code if code in TROUBLES else "odd"


def trouble_text(code) -> str:
    return TROUBLES.get(code, TROUBLES["odd"])


@dataclass(frozen=True)
class Feed:
    """What a feed said."""

    entries: list | None  # the coming events; None where the version is the one that we have
    etag: str
    remarks: list | None = None  # what was guessed in it, as it is stored


# Fetching


def ask(url, *, etag="") -> Feed:
    """Fetch the feed at a public address; raises Trouble. Takes up to SECONDS: never inside a transaction."""
    try:
        got = fetching.fetch(url, max_bytes=reading.MAX_BYTES, timeout=SECONDS, etag=etag)
        entries, notes = (None, None) if got.is_unchanged else _coming(got.body)
    except (fetching.FetchError, reading.Unreadable) as error:
        raise Trouble(error.code) from error
    return Feed(entries=entries, etag=got.etag, remarks=notes)


def _coming(content):
    now = timezone.now()
    # What names no zone, or UTC, is shown on the clock of this chapter.
    calendar = reading.read_calendar(content, zone=Chapter.load().time_zone, after=now, before=now + AHEAD)
    # A feed may name an entry twice, which the unique constraint of SisterEvent refuses.
    found = {(entry.uid, entry.start): entry for entry in calendar.entries if entry.title and not entry.is_cancelled}
    events = list(found.values())
    return events[:MAX_EVENTS], [remarks.stored(note) for note in _notes(calendar, events)]


def _notes(calendar, events):
    """What a chapter should know of a feed that is otherwise good."""
    notes = [remarks.line_of(note, longest=200) for note in calendar.guesses[:MAX_NOTES]]
    if number := len(calendar.troubles) + sum(not entry.title for entry in calendar.entries):
        notes.append(
            ngettext(
                "{number} event can’t be read and isn’t shown.",
                "{number} events can’t be read and aren’t shown.",
                number,
            )
        )
    if len(events) > MAX_EVENTS:
        notes.append(_("Only the next {number} events are shown.", number=MAX_EVENTS))
    return notes


def refresh_all() -> int:
    """Refresh every sister chapter; a failure stops no other. Returns how many feeds were good."""
    # Those asked longest ago first, should the job be stopped on its way.
    real = SisterChapter.objects.exclude(feed_url__iregex=NOBODYS).order_by("asked_at", "id")
    return sum(refresh(pk) for pk in real.values_list("pk", flat=True))


def refresh(pk) -> bool:
    """Fetch and store one chapter's feed; whether that went well."""
    chapter = SisterChapter.objects.filter(pk=pk).first()
    if chapter is None:
        return False
    try:
        feed = ask(chapter.feed_url, etag=_known(chapter))
    except Trouble as trouble:
        _note(chapter, trouble.code)
        return False
    except Exception:
        logger.exception("The feed of sister chapter %s cannot be read", pk)
        _note(chapter, "odd")
        return False
    store(chapter, feed)
    return True


def _known(chapter):
    # The first time of a day asks for the whole feed: later dates of what repeats are within the twelve months by then.
    is_todays = chapter.fetched_at and chapter.fetched_at.date() == timezone.now().date()
    return chapter.etag if is_todays and not chapter.trouble else ""


def _note(chapter, code):
    same = SisterChapter.objects.filter(pk=chapter.pk, feed_url=chapter.feed_url)
    same.update(asked_at=timezone.now(), trouble=code)


@transaction.atomic
def store(chapter, feed) -> None:
    """Replace the chapter's events by those of its feed, unless its address was changed meanwhile."""
    rows = SisterChapter.objects.select_for_update().filter(pk=chapter.pk, feed_url=chapter.feed_url)
    if (row := rows.first()) is None:
        return
    row.asked_at = row.fetched_at = timezone.now()
    row.trouble, row.etag = "", feed.etag
    if feed.entries is not None:
        row.remarks = feed.remarks
    row.save(update_fields=["asked_at", "fetched_at", "trouble", "etag", "remarks"])
    if feed.entries is not None:
        row.events.all().delete()
        SisterEvent.objects.bulk_create(_event(row, entry) for entry in feed.entries)


def _event(chapter, entry):
    return SisterEvent(
        chapter=chapter,
        uid=entry.uid,
        title=entry.title,
        starts_at=entry.start,
        ends_at=entry.end,
        time_zone=entry.zone,
        is_whole_days=entry.is_whole_days,
        # The address of an online meeting is not ours to spread.
        place=reading.place_of(entry.location).line[:300],
        url=_link(entry.url),
    )


def _link(url):
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return ""
    return url


# Organisers


@transaction.atomic
def add(chapter, *, feed, by) -> None:
    chapter.save()
    store(chapter, feed)
    audit.record("sister_added", by=by, subject=chapter, about=chapter.name)


@transaction.atomic
def change(chapter, *, feed=None, by) -> None:
    chapter.save()
    if feed is not None:
        store(chapter, feed)
    audit.record("sister_changed", by=by, subject=chapter, about=chapter.name)


@transaction.atomic
def remove(chapter, *, by) -> None:
    audit.record("sister_removed", by=by, about=chapter.name)
    chapter.delete()


def broken() -> QuerySet[SisterChapter]:
    return SisterChapter.objects.exclude(trouble="")
