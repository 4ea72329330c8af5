"""Who comes, of those who let others see their name: initials on the event's page, names on a page of their own.

An RSVP says who may see its name: no one, others who are going, everyone. Whoever has a seat reads as one of the second.
"""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from chapter.addresses import has_link
from chapter.models import Chapter
from chapter.prepared import prepared

from ..models import Rsvp

ShownTo = Rsvp.ShownTo
# With the number beside them they fit a telephone's width.
DRAWN = 7


def is_told(event) -> bool:
    """Whether names are shown of this event: until its guests are forgotten, which the nightly job does a little later."""
    return event.is_published and (not event.is_over or timezone.now() < event.ends_at + _kept())


def _kept():
    return timedelta(days=Chapter.load().guests_kept_days)


def readable_by(rsvp, event) -> QuerySet[Rsvp]:
    """Who is shown to the person of this RSVP, or to somebody without one."""
    to = [ShownTo.GOING, ShownTo.EVERYONE] if rsvp and rsvp.is_going else [ShownTo.EVERYONE]
    return event.rsvps.showing_a_name(to=to)


def is_fit(rsvp) -> bool:
    """Whether its name and organisation are no place for an address, however they came to be stored."""
    return not has_link(rsvp.person_name, rsvp.member.organisation if rsvp.member else "")


def coming(event, rsvp) -> dict | None:
    """For `events/rsvps/_coming.html`; None where no one is shown. One query; `event` is a row from `with_seats()`."""
    if not is_told(event):
        return None
    rows = _to_the_going(event=event.pk) if rsvp and rsvp.is_going else _to_everyone(event=event.pk)
    people = [row for row in rows if is_fit(row)][:DRAWN]
    others = max(0, event.going_count - len(people))
    return {"event": event, "people": people, "others": others} if people else None


def may_choose(event, rsvp) -> bool:
    """Whether they come or wait, and may change their mind about who sees their name."""
    return bool(rsvp and rsvp.is_holding and (event.is_postponed or is_told(event)))


@prepared
def _to_everyone(event):
    return _of(event).showing_a_name(to=[ShownTo.EVERYONE])[: 2 * DRAWN]


@prepared
def _to_the_going(event):
    return _of(event).showing_a_name(to=[ShownTo.GOING, ShownTo.EVERYONE])[: 2 * DRAWN]


def _of(event):
    return Rsvp.objects.filter(event=event)
