"""An event as a row of text, without loss: written by `export_site`, read by `import_events`.

`event_row` and `own_row` are inverse. Not in a row: hosts and RSVPs (personal data), the series (each event keeps its own date),
pictures, access needs. Times are ISO 8601 with offset, so that the two hours of the same name in October differ.
"""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from chapter import languages
from chapter.fields import clean_line, clean_text
from chapter.refusals import Refused
from chapter.remarks import remark as _
from chapter.transfer import OUR_SOURCE, tables

from ..models import Event
from .event_row import EventRow

VENUE = ("name", "address", "city", "language", "directions", "access_notes", "map_url")
TEXTS = [f"{part}_{language}" for language in languages.CODES for part in ("title", "body")]
HEADER = [
    *("uid", "slug", "kind", "state", "state_reason", "reason_language", "starts_at", "ends_at", "time_zone"),
    "is_whole_days",
    *(f"venue_{name}" for name in VENUE),
    *("online_url", "capacity", "cut_off_hours", "principles", "moved_from", "sequence", "changed_at"),
    *("published_at", *TEXTS, "main_language"),
]
MOMENTS = ("moved_from", "changed_at", "published_at")
PLAIN = ("kind", "state", "state_reason", "reason_language", "time_zone", "online_url")
WHOLE = ("cut_off_hours", "sequence")


def rows_for(events) -> QuerySet[Event]:
    """The events with what `event_row` needs. Three queries."""
    return events.select_related("venue").prefetch_related("principles", "wordings").order_by("starts_at", "id")


def event_row(event) -> dict[str, str]:
    """{column: text} with every column of HEADER; an apostrophe before what a spreadsheet would run as a formula."""
    row = {name: str(getattr(event, name)) for name in ("uid", "slug", *PLAIN, *WHOLE)}
    row |= {"starts_at": event.local_start.isoformat(), "ends_at": event.local_end.isoformat()}
    moments = {name: getattr(event, name) for name in MOMENTS}
    row |= {name: moment.astimezone(UTC).isoformat() if moment else "" for name, moment in moments.items()}
    row |= {f"venue_{name}": getattr(event.venue, name) if event.venue else "" for name in VENUE}
    row["is_whole_days"] = tables.as_text(event.is_whole_days)
    row["capacity"] = "" if event.capacity is None else str(event.capacity)
    row["principles"] = " ".join(str(number) for number in sorted(p.number for p in event.principles.all()))
    texts = {text.language: text for text in event.wordings.all() if text.is_current}
    for language in languages.CODES:
        row[f"title_{language}"] = texts[language].title if language in texts else ""
        row[f"body_{language}"] = texts[language].body if language in texts else ""
    # The first wording ever, current or not.
    first = min(event.wordings.all(), key=lambda text: text.id, default=None)
    row["main_language"] = first.language if first else ""
    return {name: tables.safe(cell) for name, cell in row.items()}


def is_own(header) -> bool:
    return {"uid", "starts_at", "ends_at", "time_zone", "state"} <= set(header)


def own_row(text) -> EventRow:
    """The EventRow of `{column: text}`; raises Refused with the column's name."""
    text = {name: tables.plain(cell) for name, cell in text.items()}
    uid = _read(text, "uid", UUID)
    zone = _read(text, "time_zone", ZoneInfo)
    starts_at, ends_at = (_read(text, name, _moment).astimezone(zone) for name in ("starts_at", "ends_at"))
    moments = {name: _read(text, name, _moment) if text.get(name) else None for name in MOMENTS}
    moments["changed_at"] = moments["changed_at"] or starts_at
    row = EventRow(
        external_id=str(uid),
        source=OUR_SOURCE,
        is_export=True,
        uid=uid,
        slug=text.get("slug", ""),
        starts_at=starts_at,
        ends_at=ends_at,
        is_whole_days=text.get("is_whole_days") == "yes",
        capacity=_read(text, "capacity", int) if text.get("capacity") else None,
        principles=_read(text, "principles", lambda value: [int(number) for number in value.split()]),
        venue=_venue(text),
        texts=_texts(text),
        **moments,
        **{name: clean_line(text.get(name) or "") for name in PLAIN},
        **{name: _read(text, name, int) for name in WHOLE if text.get(name)},
    )
    _refuse_unknown("state", row.state, Event.State.values)
    _refuse_unknown("reason_language", row.reason_language, ["", *languages.CODES])
    return row


def _refuse_unknown(name, value, known):
    if value not in known:
        raise Refused(
            _(
                "{name}: {value!r} isn’t one of {names}",
                name=name,
                value=value[:60],
                names=", ".join(filter(None, known)),
            )
        )


def _read(text, name, convert):
    value = (text.get(name) or "").strip()
    try:
        return convert(value)
    except (ValueError, LookupError, OverflowError, OSError) as error:
        raise Refused(_("{name}: {value!r} can’t be read", name=name, value=value[:60])) from error


def _moment(value):
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment.astimezone(UTC)


def _venue(text):
    said = {name: clean_text(text.get(f"venue_{name}") or "") for name in VENUE}
    return said if said["name"] else None


def _texts(text):
    """{language: (title, body)}, the language that the event was first written in first."""
    texts = {}
    for language in sorted(languages.CODES, key=lambda code: code != text.get("main_language")):
        if title := clean_line(text.get(f"title_{language}") or ""):
            if len(title) > 200:
                raise Refused(_("title_{language}: longer than 200 characters", language=language))
            texts[language] = title, clean_text(text.get(f"body_{language}") or "")
    return texts
