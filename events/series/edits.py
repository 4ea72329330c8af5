"""Editing a series: what it says, and what its coming events are and say.

"This and later" changes only events that nobody edited by hand, never one that has begun, and never an RSVP. A new time
or place is told to everyone who comes, in one mail to each; texts alone tell nobody. What the page asked about is what happens:
if something else would happen by now, or nothing was asked, the verb raises `AsksFirst` and has changed nothing.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import audit
from chapter.wordings import adopt_wording

from .. import planning
from ..audit import title_of
from ..models import Event, Series
from ..planning import ChangedMeanwhile, Telling
from .actions import top_up
from .plan import SHARED, followers, plan
from .rules import CLOCK, RULE
from .window import skipped_dates

__all__ = ["AsksFirst", "ChangedMeanwhile", "Done", "edit", "fingerprint", "write_text"]

OWN = (*RULE, *CLOCK, *SHARED, "ahead", "publishes")

audit.describe("series_edited", _("edited a series"))
audit.describe("series_text_written", _("wrote a series’ text in another language"))


class AsksFirst(Exception):
    """Somebody must see `plan` and say yes, with a reason if people are told."""

    def __init__(self, plan):
        super().__init__()
        self.plan = plan


@dataclass(frozen=True)
class Done:
    """How many events changed, and how many people were told."""

    events: int
    told: int


def fingerprint(series):
    columns = [str(getattr(series, field.attname)) for field in Series._meta.concrete_fields if field.name in OWN]
    return planning.fingerprint_of(series, [columns, series.ended_at, sorted(skipped_dates(series))])


@transaction.atomic
def edit(
    series_id, *, version, columns, text, hosts, principles, skips=None, first=None, agreed="", reason="", by=None
):
    """Store what the edit page sent, and bring the events along that follow the series, from the date `first` on.

    `skips` is {date: whether to leave it out} of the dates on the page; `agreed` the key of the plan that was said yes to.
    Locks the series, then its events. Raises ChangedMeanwhile, AsksFirst. Returns a Done; the next dates are made at once.
    """
    series = Series.objects.lock(series_id)
    if fingerprint(series) != version:
        raise ChangedMeanwhile
    _lock_events(series, first)
    found = plan(series, columns, first=first, skipped=with_skips(skipped_dates(series), skips))
    if found.asks and (agreed != found.key or (found.people and not reason)):
        raise AsksFirst(found)
    words = _changed_words(series, text, hosts, principles)
    done = _carry_out(found, words, reason=reason, by=by)
    _store(found, text, hosts, principles, by)
    top_up(series.pk)
    audit.record("series_edited", by=by, subject=series, about=text["title"], count=done.events)
    return done


def with_skips(skipped, skips):
    """The set of left-out dates after these decisions."""
    skips = skips or {}
    return (skipped - {day for day, out in skips.items() if not out}) | {day for day, out in skips.items() if out}


def _lock_events(series, first):
    """One after the other in the order of ids: what the plan reads stays true until the end."""
    for event_id in followers(series, first=first).values_list("id", flat=True):
        Event.objects.lock(event_id)


def _changed_words(series, text, hosts, principles):
    """What of text, hosts (who goes, who comes) and theme is another one now: the rest of the events' own stays."""
    now = series.wordings.in_language(text["language"]).first()
    words = {}
    if now is None or (now.title, now.body) != (text["title"], text["body"]):
        words["text"] = text
    before = set(series.hosts.all())
    if set(hosts) != before:
        words["hosts"] = (before - set(hosts), set(hosts) - before)
    if {theme.pk for theme in principles} != set(series.principles.values_list("pk", flat=True)):
        words["principles"] = principles
    return words


def _carry_out(found, words, *, reason, by):
    telling, events = Telling(), 0
    for step in found.steps:
        if step.is_dropped:
            step.event.delete()
        elif step.is_left:
            type(step.event).objects.filter(pk=step.event.pk).update(is_edited=True)
        elif _is_changed(step) or words:
            _apply_step(step, words, reason=reason, by=by, tell=telling.add)
            events += 1
    return Done(events=events, told=telling.post())


def _is_changed(step):
    return step.date != step.event.series_date or any(
        getattr(step.event, name) != value for name, value in step.columns.items()
    )


def _apply_step(step, words, *, reason, by, tell):
    """One event, whose row is locked."""
    event = step.event
    event.series_date = step.date
    title = words["text"]["title"] if "text" in words else log.title_of(event)
    planning.apply_changes(event, step.columns, title=title, reason=reason, by=by, tell=tell)
    if "text" in words:
        adopt_wording(event, **words["text"], author=by)
    if "hosts" in words:
        gone, new = words["hosts"]
        event.hosts.remove(*gone)
        event.hosts.add(*new)
    if "principles" in words:
        event.principles.set(words["principles"])


def _store(found, text, hosts, principles, by):
    series = found.changed
    series.changed_at = timezone.now()
    series.save()
    series.hosts.set(hosts)
    series.principles.set(principles)
    adopt_wording(series, **text, author=by)
    series.skips.exclude(date__in=found.skipped).delete()
    for day in found.skipped - skipped_dates(series):
        series.skips.create(date=day)


@transaction.atomic
def write_text(series_id, *, language, title, body, version, by=None):
    """The text in one language, also of the coming events that follow the series. Tells nobody. Raises ChangedMeanwhile."""
    series = Series.objects.lock(series_id)
    if fingerprint(series) != version:
        raise ChangedMeanwhile
    text = {"language": language, "title": title, "body": body, "author": by}
    adopt_wording(series, **text)
    for event_id in followers(series).values_list("id", flat=True):
        event = Event.objects.lock(event_id)
        adopt_wording(event, **text)
        event.changed_at = timezone.now()
        event.save(update_fields=["changed_at"])
    audit.record("series_text_written", by=by, subject=series, about=title)
