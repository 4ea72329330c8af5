"""Verbs on a series, except editing it (`edits.py`): create, top up, skip a date, end.

Each is atomic and locks the Series row first, then those of its events in order of id; who holds an event's lock never asks
for that of a series. Each writes to the organisers' log.
"""

import logging

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import audit
from chapter.text import dates, plain_slug, save_under_free_slug
from chapter.wordings import adopt_wording, main_language

from .. import planning
from ..audit import title_of
from ..models import Event, Series
from ..planning import Telling
from ..slugs import save_with_slug
from . import rules
from .window import window

logger = logging.getLogger(__name__)

COPIED = ("kind", "time_zone", "venue", "online_url", "capacity", "cover")
# Words that stand where a series' own address would.
TAKEN_SLUGS = {"new"}

audit.describe("series_made", _("created the series"))
audit.describe("series_date_skipped", _("skipped a date in the series"))
audit.describe("series_date_put_back", _("restored a date in the series"))
audit.describe("series_ended", _("ended the series"))


# Making


@transaction.atomic
def create(*, columns, text, hosts=(), principles=(), skipped=(), by=None) -> Series:
    """Create a series and its first events. `skipped` are dates of the rule that get none."""
    series = Series(**columns)
    save_under_free_slug(series, plain_slug(text["title"]) or "series", reserved=TAKEN_SLUGS)
    series.hosts.set(hosts)
    series.principles.set(principles)
    adopt_wording(series, **text, author=by)
    for day in skipped:
        series.skips.create(date=day)
    top_up(series.pk)
    audit.record("series_made", by=by, subject=series, about=text["title"])
    return series


@transaction.atomic
def top_up(series_id) -> list[Event]:
    """Create the missing events of the next `ahead` dates; idempotent, also when run twice at the same time.

    A date that is skipped, or has an event in whatever state, gets no other one.
    """
    series = Series.objects.lock(series_id)
    if not series.is_running:
        return []
    texts = _texts_main_language_first(series)
    return [_make(series, row.date, texts) for row in window(series) if row.is_new]


def _make(series, day, texts):
    columns = {name: getattr(series, name) for name in COPIED}
    starts_at, ends_at = rules.moments(series, day)
    event = Event(**columns, series=series, series_date=day, starts_at=starts_at, ends_at=ends_at)
    if series.publishes:
        event.state, event.published_at = Event.State.PUBLISHED, timezone.now()
    save_with_slug(event, texts[0].title if texts else series.slug)
    event.hosts.set(series.hosts.all())
    event.principles.set(series.principles.all())
    for text in texts:
        adopt_wording(event, language=text.language, title=text.title, body=text.body, author=text.author)
    return event


def _texts_main_language_first(series):
    texts = sorted(series.wordings.current().select_related("author"), key=lambda text: text.id)
    main = main_language(series)
    return sorted(texts, key=lambda text: text.language != main)


def top_up_all() -> int:
    """Top up every running series, each in its own transaction. A failure is logged. Returns the number of new events."""
    made = 0
    for series_id in Series.objects.running().values_list("id", flat=True):
        try:
            made += len(top_up(series_id))
        except Exception:  # one broken series must not stop the others
            logger.exception("The events of series %s could not be made", series_id)
    return made


# Dates and the end


@transaction.atomic
def skip(series_id, *, date, by=None) -> bool:
    """Leave a date out and delete its draft. False if its event is announced or has RSVPs: cancel that instead."""
    series = Series.objects.lock(series_id)
    event = series.events.filter(series_date=date).first()
    if event and not planning.delete_draft(event.pk, by=by):
        return False
    series.leave_out(date)
    top_up(series.pk)
    audit.record("series_date_skipped", by=by, subject=series, about=f"{title_of(series)}, {dates.short_date(date)}")
    return True


@transaction.atomic
def put_back(series_id, *, date, by=None) -> bool:
    """Undo `skip`. Returns whether the date was left out."""
    series = Series.objects.lock(series_id)
    found, _rows = series.skips.filter(date=date).delete()
    if found:
        top_up(series.pk)
        audit.record(
            "series_date_put_back", by=by, subject=series, about=f"{title_of(series)}, {dates.short_date(date)}"
        )
    return bool(found)


@transaction.atomic
def end(series_id, *, cancels=False, reason="", by=None) -> int | None:
    """End the series; with `cancels`, delete the drafts to come and cancel the other events, which is mailed.

    Returns the number of people mailed, or None if the series had ended before.
    """
    series = Series.objects.lock(series_id)
    if not series.is_running:
        return None
    series.ended_at = series.changed_at = timezone.now()
    series.save(update_fields=["ended_at", "changed_at"])
    told = _cancel_coming(series, reason, by) if cancels else 0
    audit.record("series_ended", by=by, subject=series, about=title_of(series), count=told)
    return told


def to_come(series) -> QuerySet[Event]:
    """What `end` cancels or deletes: not begun, or postponed. In order of id."""
    open_still = Q(starts_at__gt=timezone.now()) | Q(state=Event.State.POSTPONED)
    return series.events.filter(open_still).exclude(state=Event.State.CANCELLED).order_by("id")


def _cancel_coming(series, reason, by):
    telling = Telling()
    for event in to_come(series):
        if not planning.delete_draft(event.pk, by=by):
            planning.cancel(event.pk, reason=reason, by=by, tell=telling.add)
    return telling.post()
