"""Seats that are held for guests whose mail is on its way."""

from datetime import timedelta

from django.db.models import Value
from django.db.models.functions import Now

from chapter.web import ratelimits

from . import lookups

HOLD_FOR = timedelta(minutes=30)
# Never more than one seat in so many is held; the trigger of the migration `held_seats` says the same.
ONE_IN = 5
HOLDS_AN_HOUR = 2


def hold(event, rsvp, *, network) -> bool:
    """Hold a free seat for HOLD_FOR while nobody waits, at most HOLDS_AN_HOUR for a network address; returns whether one
    is held, as far as that network may know. Under the event's lock.

    It is held for a row that has a seat as well: whoever types somebody's address must not see in the number of seats
    whether that person comes. Nor do they read whether somebody else had one held for that address: to them the answer is
    what it would be for any other.
    """
    if event.capacity is None:
        return False
    own = {"identity": f"{network} {rsvp.pk}", "scope": "held for", "seconds": int(HOLD_FOR.total_seconds())}
    if ratelimits.used(**own) and has_hold(event, rsvp):
        return True
    if not _may_hold(event) or ratelimits.uses(network, "held seats", seconds=ratelimits.HOUR)[0] > HOLDS_AN_HOUR:
        return False
    ratelimits.uses(**own)
    event.rsvps.filter(pk=rsvp.pk).exclude(held_until__gt=Now()).update(held_until=Now() + Value(HOLD_FOR))
    return True


def has_hold(event, rsvp) -> bool:
    return rsvp.held_until is not None and event.rsvps.held().filter(pk=rsvp.pk).exists()


def _may_hold(event):
    free, somebody_waits = lookups.seats(event)
    return free > 0 and not somebody_waits and (event.rsvps.held().count() + 1) * ONE_IN <= event.capacity
