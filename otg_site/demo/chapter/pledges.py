"""The demo's microactions, in all states, their makkers, and the cheers for their results."""

from datetime import timedelta
from itertools import count

from microactions.models import Cheer, Makker, Microaction

from . import texts
from .calendar import at

COLUMNS = ("what", "moment", "cue", "first_step", "status", "result", "held", "language", "wants_makker")
MAILED_AT = "07:30"
# Days from the day of a microaction to the mails about it.
MAILS = {"reminded_at": 0, "asked_at": 1, "asked_again_at": 8}


def load(events, members, calendar):
    """Store the microactions; returns (texts, row) of each."""
    plans = texts.toml("microactions")["microaction"]
    numbers = count()
    rows = [_row(plan, next(numbers), events, members, calendar) for plan in plans]
    Microaction.objects.bulk_create(rows)
    pledged = list(zip(plans, rows, strict=True))
    Makker.objects.bulk_create(_makker(plan, row, members) for plan, row in pledged if "makker" in plan)
    Cheer.objects.bulk_create(cheer for plan, row in pledged for cheer in _cheers(plan, row, members))
    return pledged


def _row(plan, number, events, members, calendar):
    event = events.get(plan.get("event_key", plan.get("event")))
    created_at = _written_at(plan, number, event, calendar)
    due_on = _due_on(plan, created_at, calendar)
    return Microaction(
        **{name: plan[name] for name in COLUMNS if name in plan},
        **_person(plan, number, members),
        visibility=plan.get("visibility", Microaction.Visibility.PUBLIC),
        principle_id=plan.get("principle"),
        event=event,
        led_to=events.get(plan.get("led_to")),
        created_at=created_at,
        due_on=due_on,
        result_at=_result_at(plan, event, calendar),
        **(_mailed(due_on, calendar) if plan["status"] == Microaction.Status.OPEN else {}),
    )


def _person(plan, number, members):
    if "by" in plan:
        return {"member": members[plan["by"]], "name": members[plan["by"]].name}
    return {"name": plan["guest"], "email": f"pledge{number}@example.org"}


def _written_at(plan, number, event, calendar):
    """So many days ago, else when the event ended; at least an hour ago, and no two at once."""
    an_hour_ago = calendar.moment - timedelta(hours=1)
    day = an_hour_ago - timedelta(days=plan["made"]) if "made" in plan else min(event.ends_at, an_hour_ago)
    return day + timedelta(minutes=number)


def _due_on(plan, created_at, calendar):
    if "due_after" in plan:
        return created_at.date() + timedelta(days=plan["due_after"])
    return calendar.workday(plan["due"]) if plan["due"] > 0 else calendar.day(plan["due"])


def _result_at(plan, event, calendar):
    if "result_after" in plan:
        told_at = event.ends_at + timedelta(days=plan["result_after"])
        return min(told_at, calendar.moment - timedelta(minutes=10))
    if "result_days" in plan:
        return calendar.moment - timedelta(days=plan["result_days"], hours=3)
    return None


def _mailed(due_on, calendar):
    days = {column: due_on + timedelta(days=days) for column, days in MAILS.items()}
    sent = {column: at(day, MAILED_AT) for column, day in days.items() if day < calendar.today}
    return {**sent, "mails": len(sent)}


def _makker(plan, row, members):
    return Makker(
        microaction=row,
        status=Makker.Status.ACCEPTED,
        member=members[plan["makker"]],
        language=members[plan["makker"]].language,
        line=plan["line"],
        created_at=row.created_at,
        accepted_at=row.created_at + timedelta(minutes=2),
    )


def _cheers(plan, row, members):
    yield from (Cheer(microaction=row, member=members[key]) for key in plan.get("cheers", []))
    yield from (Cheer(microaction=row, visitor=f"demo-{n}") for n in range(plan.get("visitors", 0)))
