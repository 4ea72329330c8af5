"""Reminders: one mail to each person who is going, for each time that the event starts.

A reminder is due from `Chapter.reminder_hours` before the start (0: never) until the start. A Delivery of kind
"reminder" has the RSVP as its object and the start, in whole minutes since the epoch, as its sequence: a second run
finds it there, and an event that moves has another start, so that it reminds again.
"""

import logging
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from chapter import mail
from chapter.mail import Letter, letter
from chapter.models import Chapter

from ..letters import PARTICIPANTS, letter_context, stop_url_of
from ..models import Event, Rsvp

KIND = "reminder"
logger = logging.getLogger(__name__)


def remind_due() -> int:
    """Queue the reminders that are due, one transaction an event; returns how many. May run late, twice or in parallel."""
    notice = timedelta(hours=Chapter.load().reminder_hours)
    now = timezone.now()
    soon = Event.objects.filter(state=Event.State.PUBLISHED, starts_at__gt=now, starts_at__lte=now + notice)
    return sum(
        _try_to_remind(pk, notice) for pk in list(soon.order_by("starts_at", "id").values_list("pk", flat=True))
    )


def _try_to_remind(event_id, notice):
    try:
        return _remind(event_id, notice)
    except DatabaseError:  # an event that is locked for long must not keep the others waiting; the next run takes it
        logger.exception("could not queue the reminders of event %s", event_id)
        return 0


@transaction.atomic
def _remind(event_id, notice):
    # Locked, so that neither another worker nor a change of the event or its seats comes in between.
    event = Event.objects.lock(event_id)
    opens_at = event.starts_at - notice
    if not event.is_open or timezone.now() < opens_at:
        return 0
    people = event.rsvps.to_remind(since=opens_at).order_by("id")
    return mail.post_all(KIND, list(people.values_list("id", flat=True)), sequence=sequence_of(event))


def sequence_of(event) -> int:
    # Whole minutes since the epoch.
    return int(event.starts_at.timestamp()) // 60


@letter(KIND, unasked=False)
def reminder(delivery):
    rsvp = Rsvp.objects.select_related("event__venue", "member").filter(pk=delivery.object_id).first()
    if rsvp is None or not is_still_right(delivery, rsvp):
        return None
    stop_url = stop_url_of(rsvp)
    return Letter(
        to=rsvp.person_email,
        language=rsvp.language,
        template="events/rsvps/mail/reminder",
        context={**letter_context(rsvp), "stop_url": stop_url},
        unsubscribe_url=stop_url,
        list_name=PARTICIPANTS,
    )


def is_still_right(delivery, rsvp) -> bool:
    event = rsvp.event
    return rsvp.is_going and rsvp.wants_reminders and event.is_open and delivery.sequence == sequence_of(event)


def set_wanted(rsvp_id, *, wanted) -> None:
    # Of the mail after the event, too.
    Rsvp.objects.filter(pk=rsvp_id).update(wants_reminders=wanted)
