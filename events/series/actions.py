"""Series: the events that a rule makes ahead of time. Editing one is in `series_edits.py`, the rule in `series_rules.py`.

Each verb is atomic and locks the Series row first, then the rows of its events in the order of their ids. Nobody who holds an
event's lock asks for that of a series. Each leaves a line in the organisers' log.
"""

import logging

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import audit
from chapter.text import plain_slug, save_under_free_slug
from chapter.wordings import adopt_wording, main_language

from .. import planning
from ..audit import title_of
from ..models import Event, Series
from ..planning import Telling
from ..slugs import save_with_slug
from . import rules as series_rules
from .window import window

logger = logging.getLogger(__name__)

COPIED = ("kind", "time_zone", "venue", "online_url", "capacity", "cover")
# Words that stand where a series' own address would.
TAKEN_SLUGS = {"new"}

audit.describe("series_made", _("made a series"))
audit.describe("series_date_skipped", _("took a date out of a series"))
audit.describe("series_date_put_back", _("put a date back into a series"))
audit.describe("series_ended", _("ended a series"))


# Making


@transaction.atomic
def create(*, columns, text, hosts=(), principles=(), skipped=(), by=None):
    """A new series and its first events. `skipped` are dates of the rule that are not to be made."""
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
def top_up(series_id):
    """Make what is missing of the next `ahead` dates and return the new events; an ended series makes none.

    A date that is skipped, or whose event exists in whatever state, is not made again. Doing it twice, also at the same time,
    makes each date once: the Series row is locked, and (series, date) is unique.
    """
    series = Series.objects.lock(series_id)
    if not series.is_running:
        return []
    texts = in_main_language_first(series)
    return [_make(series, row.date, texts) for row in window(series) if row.is_new]


def _make(series, day, texts):
    columns = {name: getattr(series, name) for name in COPIED}
    starts_at, ends_at = series_rules.moments(series, day)
    event = Event(**columns, series=series, series_date=day, starts_at=starts_at, ends_at=ends_at)
    if series.publishes:
        event.state, event.published_at = Event.State.PUBLISHED, timezone.now()
    save_with_slug(event, texts[0].title if texts else series.slug)
    event.hosts.set(series.hosts.all())
    event.principles.set(series.principles.all())
    for text in texts:
        adopt_wording(event, language=text.language, title=text.title, body=text.body, author=text.author)
    return event


def in_main_language_first(series):
    """The current texts, that in the language the series was first written in at the head."""
    texts = sorted(series.wordings.current().select_related("author"), key=lambda text: text.id)
    main = main_language(series)
    return sorted(texts, key=lambda text: text.language != main)


def top_up_all():
    """`top_up` for every series that runs, each in its own transaction; one that fails stops none. Returns how many events."""
    made = 0
    for series_id in Series.objects.running().values_list("id", flat=True):
        try:
            made += len(top_up(series_id))
        except Exception:
            logger.exception("The events of series %s could not be made", series_id)
    return made


# Dates and the end


@transaction.atomic
def skip(series_id, *, date, by=None):
    """Leave a date out. One that is announced already stays: cancel that event. Returns whether it is out now.

    The draft of that date goes, unless somebody has ever answered it.
    """
    series = Series.objects.lock(series_id)
    event = series.events.filter(series_date=date).first()
    if event and not planning.delete_draft(event.pk, by=by):
        return False
    series.leave_out(date)
    top_up(series.pk)
    audit.record("series_date_skipped", by=by, subject=series, about=f"{title_of(series)} {date}")
    return True


@transaction.atomic
def put_back(series_id, *, date, by=None):
    """A date that was left out is made again, if it is still to come and among the next ones. Returns whether it was out."""
    series = Series.objects.lock(series_id)
    found, _rows = series.skips.filter(date=date).delete()
    if found:
        top_up(series.pk)
        audit.record("series_date_put_back", by=by, subject=series, about=f"{title_of(series)} {date}")
    return bool(found)


@transaction.atomic
def end(series_id, *, cancels=False, reason="", by=None):
    """No more events are made. Those to come stay, unless `cancels`: drafts go, the others are cancelled and everyone told why.

    Returns how many people were told, or None if the series had ended before.
    """
    series = Series.objects.lock(series_id)
    if not series.is_running:
        return None
    series.ended_at = series.changed_at = timezone.now()
    series.save(update_fields=["ended_at", "changed_at"])
    told = _cancel_coming(series, reason, by) if cancels else 0
    audit.record("series_ended", by=by, subject=series, about=title_of(series), count=told)
    return told


def to_come(series):
    """What `end` cancels, or deletes where it is a draft: not begun, or postponed without a date. In the order of ids."""
    open_still = Q(starts_at__gt=timezone.now()) | Q(state=Event.State.POSTPONED)
    return series.events.filter(open_still).exclude(state=Event.State.CANCELLED).order_by("id")


def _cancel_coming(series, reason, by):
    telling = Telling()
    for event in to_come(series):
        if not planning.delete_draft(event.pk, by=by):
            planning.cancel(event.pk, reason=reason, by=by, tell=telling.add)
    return telling.post()
