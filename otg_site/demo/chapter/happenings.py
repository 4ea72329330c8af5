"""The demo's venues and events, those to come and those that have been."""

from dataclasses import dataclass
from datetime import timedelta

from chapter.wordings import adopt_wording
from events.models import Event, Venue
from events.slugs import base_slug

from . import texts
from .calendar import ZONE, at

MONTHS_BACK = 34
LUNCH_NOTICE = timedelta(days=5)
COLUMNS = ("kind", "state", "online_url", "capacity")
LUNCH_THEMES = ((2,), (5,), (3, 1), (6,), (4,), (7, 3), (1,))


@dataclass(frozen=True)
class Happenings:
    """The events: `coming` and `been` as (texts, row), `found` by key; lunches count back from 0."""

    coming: list
    been: list
    found: dict


def load(members, calendar):
    plans_coming, plans_been = _coming(calendar), _been(calendar)
    plans = plans_coming + plans_been
    venues = _venues()
    rows = [_row(plan, venues, calendar) for plan in plans]
    Event.objects.bulk_create(rows)
    for plan, event in zip(plans, rows, strict=True):
        _adopt_wordings(plan, event)
    _add_hosts_and_themes(zip(plans, rows, strict=True), members)
    return _sorted_out(plans_coming, plans_been, rows)


def _sorted_out(coming, been, rows):
    cut = len(coming)
    found = {plan["key"]: event for plan, event in zip(coming + been, rows, strict=True)}
    return Happenings(list(zip(coming, rows[:cut], strict=True)), list(zip(been, rows[cut:], strict=True)), found)


def _venues():
    venues = {key: Venue(**columns) for key, columns in texts.toml("venues").items()}
    Venue.objects.bulk_create(venues.values())
    return venues


# What the texts say, with its day


def _coming(calendar):
    return [{**plan, "day": _day(plan, calendar)} for plan in texts.toml("upcoming")["event"]]


def _day(plan, calendar):
    if "days" in plan:
        return calendar.workday(plan["days"])
    if "weeks" in plan:
        return calendar.weekday(weeks=plan["weeks"], iso=plan["weekday"])
    soonest = calendar.today + LUNCH_NOTICE
    lunches = [day for day in calendar.lunch_days(from_month=0, to_month=4) if day >= soonest]
    return lunches[plan["third_thursday"]]


def _been(calendar):
    past = texts.toml("past")
    others = [{**plan, "day": calendar.weekday(weeks=-plan["weeks"], iso=plan["weekday"])} for plan in past["event"]]
    return _lunches(past["monthly"], calendar) + others


def _lunches(monthly, calendar):
    days = [
        day
        for day in reversed(calendar.lunch_days(from_month=-MONTHS_BACK, to_month=1))
        if at(day, monthly["time"]) + timedelta(hours=monthly["hours"]) < calendar.moment
    ]
    return [_lunch(monthly, number, day) for number, day in enumerate(days)]


def _lunch(monthly, number, day):
    """A month's lunch: its own first line and theme, every third one in English too."""
    own, *others = monthly["wording"]
    note = monthly["notes"][number % len(monthly["notes"])]
    wordings = [{**own, "body": f"{note}\n\n{own['body']}"}, *(others if number % 3 == 0 else [])]
    themes = LUNCH_THEMES[number % len(LUNCH_THEMES)]
    seats = monthly["latest"] if number == 0 else {}
    own = {"key": number, "day": day, "hosts": ["ola"], "principles": themes, "wording": wordings}
    return {**monthly, **seats, **own}


# Rows


def _row(plan, venues, calendar):
    starts_at = at(plan["day"], plan["time"], plan.get("zone", ZONE))
    published_at = min(starts_at - timedelta(days=28), calendar.moment - timedelta(days=10))
    event = Event(
        **{"state": Event.State.PUBLISHED, **{name: plan[name] for name in COLUMNS if name in plan}},
        slug=base_slug(plan["day"], plan["wording"][0]["title"]),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=plan["hours"]),
        time_zone=plan.get("zone", ZONE),
        venue=venues.get(plan.get("venue")),
        state_reason=plan.get("reason", ""),
        reason_language=plan["wording"][0]["language"] if "reason" in plan else "",
        changed_at=published_at,
        published_at=None if plan.get("state") == Event.State.DRAFT else published_at,
    )
    if event.state_reason:
        event.sequence, event.changed_at = 1, calendar.moment - timedelta(days=1)
    return event


def _adopt_wordings(plan, event):
    adopted_on = (event.published_at or event.changed_at).date()
    for wording in plan["wording"]:
        text = {**wording, "body": wording["body"].strip()}
        adopt_wording(event, **text, adopted_on=adopted_on)


def _add_hosts_and_themes(planned, members):
    hosts, themes = [], []
    for plan, event in planned:
        hosts += [Event.hosts.through(event=event, member=members[key]) for key in plan["hosts"]]
        themes += [Event.principles.through(event=event, principle_id=number) for number in plan["principles"]]
    Event.hosts.through.objects.bulk_create(hosts)
    Event.principles.through.objects.bulk_create(themes)
