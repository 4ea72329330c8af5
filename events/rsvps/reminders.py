"""Reminders: one mail to each person who is going, for each time that the event starts.

It is due from `Chapter.reminder_hours` before the start (0: never) until the start. A Delivery of kind "reminder" has the
RSVP as its object and the start, in whole minutes since the epoch, as its sequence: a second run finds it there, and an
event that moves has another start, so that its reminder is armed anew.
"""

import logging
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from chapter import mail
from chapter.models import Chapter

from ..models import Event, Rsvp

KIND = "reminder"
log = logging.getLogger(__name__)


def remind_due():
    """Remind everybody who is due, one event, one transaction at a time; how many. Late, twice or at once: each once."""
    notice = timedelta(hours=Chapter.load().reminder_hours)
    return sum(_try_to_remind(pk, notice) for pk in _about_to_start(notice))


def _about_to_start(notice):
    """The published events that start within the notice; none within no time."""
    now = timezone.now()
    rows = Event.objects.filter(state=Event.State.PUBLISHED, starts_at__gt=now, starts_at__lte=now + notice)
    return list(rows.order_by("starts_at", "id").values_list("pk", flat=True))


def _try_to_remind(event_id, notice):
    try:
        return _remind(event_id, notice)
    except DatabaseError:  # an event that is locked for long must not keep the others waiting; the next run takes it
        log.exception("could not queue the reminders of event %s", event_id)
        return 0


@transaction.atomic
def _remind(event_id, notice):
    """Locks the event, so that neither another worker nor a change of the event or its seats comes in between."""
    event = Event.objects.lock(event_id)
    opens_at = event.starts_at - notice
    if not event.is_open or timezone.now() < opens_at:
        return 0
    people = event.rsvps.to_remind(since=opens_at).order_by("id")
    return mail.post_all(KIND, list(people.values_list("id", flat=True)), sequence=sequence_of(event))


def sequence_of(event):
    """Whole minutes from the epoch to the start: the same for the same start, whatever else changes."""
    return int(event.starts_at.timestamp()) // 60


def is_still_right(delivery, rsvp):
    """Whether a reminder that was queued is true when its turn comes."""
    event = rsvp.event
    return rsvp.is_going and rsvp.wants_reminders and event.is_open and delivery.sequence == sequence_of(event)


def set_wanted(rsvp_id, *, wanted):
    """Reminders and the mail afterwards, on or off. The RSVP stands as it stood; repeating it changes nothing."""
    Rsvp.objects.filter(pk=rsvp_id).update(wants_reminders=wanted)
