"""Editing a series and, with it, its coming events.

An edit changes only events that were never edited alone, none that has begun, and no RSVP. A new time or place is mailed,
once per person; new texts are not. Only a plan that a person has confirmed is carried out: if another one would be by now,
or none was shown, the verb raises `AsksFirst` and stores nothing.
"""

from dataclasses import dataclass
from datetime import date

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

audit.describe("series_edited", _("edited the series"))
audit.describe("series_text_written", _("wrote the text in another language for the series"))


class AsksFirst(Exception):
    """The plan must be confirmed, with a reason if people are mailed."""

    def __init__(self, plan):
        super().__init__()
        self.plan = plan


@dataclass(frozen=True)
class Done:
    events: int  # changed
    told: int  # people mailed


def fingerprint(series) -> str:
    columns = [str(getattr(series, field.attname)) for field in Series._meta.concrete_fields if field.name in OWN]
    return planning.fingerprint_of(series, [columns, series.ended_at, sorted(skipped_dates(series))])


@transaction.atomic
def edit(
    series_id, *, version, columns, text, hosts, principles, skips=None, first=None, agreed="", reason="", by=None
) -> Done:
    """Store the edit page and change the events that follow the series, from the date `first` on; top up.

    `skips` is {date: whether to leave it out} of the dates on the page; `agreed` the key of the confirmed plan.
    Locks the series, then its events. Raises ChangedMeanwhile, AsksFirst.
    """
    series = Series.objects.lock(series_id)
    if fingerprint(series) != version:
        raise ChangedMeanwhile
    # In order of id: what the plan reads stays true until the end.
    for event_id in followers(series, first=first).values_list("id", flat=True):
        Event.objects.lock(event_id)
    found = plan(series, columns, first=first, skipped=with_skips(skipped_dates(series), skips))
    if found.asks and (agreed != found.key or (found.people and not reason)):
        raise AsksFirst(found)
    words = _changed_words(series, text, hosts, principles)
    done = _carry_out(found, words, reason=reason, by=by)
    _store(found, text, hosts, principles, by)
    top_up(series.pk)
    audit.record("series_edited", by=by, subject=series, about=text["title"], count=done.events)
    return done


def with_skips(skipped, skips) -> set[date]:
    skips = skips or {}
    return (skipped - {day for day, out in skips.items() if not out}) | {day for day, out in skips.items() if out}


def _changed_words(series, text, hosts, principles):
    """Of text, hosts (removed, added) and theme, what this edit changes: the rest the events keep as their own."""
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
            # It no longer follows the series.
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
    event = step.event
    event.series_date = step.date
    title = words["text"]["title"] if "text" in words else title_of(event)
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
def write_text(series_id, *, language, title, body, version, by=None) -> None:
    """Store the text in one language, also of the events that follow the series; mails nobody. Raises ChangedMeanwhile."""
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
