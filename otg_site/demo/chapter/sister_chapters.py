"""Two invented sister chapters with the events of their calendars; the feeds are never fetched, and one counts as broken."""

from datetime import timedelta

from django.utils import timezone

from events.models import SisterChapter, SisterEvent

from .calendar import at

CHAPTERS = [
    {"name": "One Team Gov Eksempelriket", "home_url": "https://riket.example.org/", "zone": "Europe/Copenhagen"},
    {"name": "One Team Gov Sampleshire", "home_url": "https://shire.example.org/", "zone": "Europe/London"},
]
# Chapter, days from today, hour, how many hours, title, place.
EVENTS = [
    (0, 4, 8, 1, "Morgenkaffe om åbne data", "Rådhuskælderen, Eksempelstad"),
    (1, 9, 12, 1, "Lean coffee over lunch", "The Old Library, Sampleton"),
    (1, 23, 9, 7, "A day of small experiments", "Town Hall, Sampleton"),
    (0, 32, 16, 2, "Småhandlinger: hvad blev det til?", "Rådhuskælderen, Eksempelstad"),
]
BROKEN_FOR = timedelta(days=2)


def load(calendar):
    rows = [_chapter(number, **plan) for number, plan in enumerate(CHAPTERS)]
    for number, days, hour, hours, title, place in EVENTS:
        _event(rows[number], CHAPTERS[number], calendar, days=days, hour=hour, hours=hours, title=title, place=place)


def _chapter(number, *, name, home_url, zone):
    now = timezone.now()
    state = {"trouble": "unreachable", "fetched_at": now - BROKEN_FOR} if number else {"fetched_at": now}
    return SisterChapter.objects.create(
        name=name, home_url=home_url, feed_url=f"{home_url}events.ics", asked_at=now, **state
    )


def _event(chapter, plan, calendar, *, days, hour, hours, title, place):
    start = at(calendar.workday(days), f"{hour:02}:00", plan["zone"])
    SisterEvent.objects.create(
        chapter=chapter,
        uid=f"{title}@{chapter.home_url}",
        title=title,
        starts_at=start,
        ends_at=start + timedelta(hours=hours),
        time_zone=plan["zone"],
        place=place,
        url=f"{chapter.home_url}events/",
    )
