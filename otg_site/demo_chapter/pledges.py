"""The demo's microactions, in all states, and the cheers for their results."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from microactions.following import ASK_AGAIN_AFTER as WEEK
from microactions.following import MAX_MAILS, UNKNOWN_AFTER
from microactions.models import Cheer, Microaction

from . import texts

COLUMNS = ("what", "moment", "cue", "first_step", "status", "result", "held", "language")


def load(events, members, calendar):
    plans = texts.toml("microactions")["microaction"]
    numbers = count()
    rows = [_row(plan, next(numbers), events, members, calendar) for plan in plans]
    Microaction.objects.bulk_create(rows)
    Cheer.objects.bulk_create(
        cheer for plan, row in zip(plans, rows, strict=True) for cheer in _cheers(plan, row, members)
    )


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
        created_at=created_at,
        due_on=due_on,
        result_at=_result_at(plan, calendar),
        **_mails(plan, due_on),
    )


def _person(plan, number, members):
    if "by" in plan:
        return {"member": members[plan["by"]], "name": members[plan["by"]].name}
    return {"name": plan["guest"], "email": f"pledge{number}@example.org"}


def _written_at(plan, number, event, calendar):
    """So many days ago, else when the event ended, an hour before now at the latest; no two at once."""
    an_hour_ago = calendar.moment - timedelta(hours=1)
    day = an_hour_ago - timedelta(days=plan["made"]) if "made" in plan else min(event.ends_at, an_hour_ago)
    return day + timedelta(minutes=number)


def _due_on(plan, created_at, calendar):
    if "due_after" in plan:
        return created_at.date() + timedelta(days=plan["due_after"])
    return calendar.workday(plan["due"]) if plan["due"] > 0 else calendar.day(plan["due"])


def _mails(plan, due_on):
    """What was sent about one that its person never answered: all there is, long ago."""
    if plan["status"] != "open" or due_on >= timezone.localdate() - UNKNOWN_AFTER:
        return {}
    asked_at = timezone.now() - (timezone.localdate() - due_on) + timedelta(days=1)
    stamps = {"reminded_at": asked_at - timedelta(days=1), "asked_at": asked_at, "asked_again_at": asked_at + WEEK}
    return {"mails": MAX_MAILS, **stamps}


def _result_at(plan, calendar):
    if "result_days" not in plan:
        return None
    return calendar.moment - timedelta(days=plan["result_days"], hours=3)


def _cheers(plan, row, members):
    yield from (Cheer(microaction=row, member=members[key]) for key in plan.get("cheers", []))
    yield from (Cheer(microaction=row, visitor=f"demo-{n}") for n in range(plan.get("visitors", 0)))
