"""After a meetup: one mail to each person who was there, with the summary and a request for a microaction.

It is sent when the summary is published, or at ten the day after, whichever comes first; by day in the event's time zone,
and at most a week after the end. The Delivery of kind "after_event" keeps it from being sent twice.
"""

import logging
from datetime import datetime, time, timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from chapter import mail
from chapter.languages import preference
from events.models import Event
from microactions.models import Microaction

from ..models import Post

KIND = "after_event"
DAY_AFTER_AT = time(10)
BY_DAY = range(7, 21)
NEWS_FOR = timedelta(days=7)
logger = logging.getLogger(__name__)


def write_due() -> int:
    """Queue the mails that are due, one transaction for each event; how many. Safe to repeat and to run in parallel."""
    now = timezone.now()
    lately = Event.objects.past().filter(ends_at__gt=now - NEWS_FOR)
    return sum(_try_to_write(event) for event in lately if is_time(event))


def is_time(event) -> bool:
    """Whether the mails of this event, which is over, may be sent now."""
    now = timezone.now().astimezone(event.zone)
    day_after = datetime.combine(event.last_day + timedelta(days=1), DAY_AFTER_AT, tzinfo=event.zone)
    return now.hour in BY_DAY and (now >= day_after or _summaries(event).exists())


def _summaries(event):
    return Post.objects.published().filter(summary_of=event)


def _try_to_write(event):
    try:
        return _write(event)
    except DatabaseError:  # an event that stays locked must not hold up the others; the next run takes it
        logger.exception("could not queue the mails after event %s", event.pk)
        return 0


@transaction.atomic
def _write(event):
    # The lock keeps two workers from queueing the same mails.
    Event.objects.lock(event.pk)
    people = event.rsvps.were_there().writable().order_by("id")
    return mail.post_all(KIND, list(people.values_list("id", flat=True)))


def is_still_right(rsvp) -> bool:
    """Whether a queued mail may still be sent: not after NEWS_FOR, not to somebody who has declined it since."""
    event = rsvp.event
    is_news = event.is_over and timezone.now() < event.ends_at + NEWS_FOR
    return event.is_published and is_news and rsvp.was_there and rsvp.wants_reminders


def summary_for(rsvp) -> Post | None:
    # The one that its reader understands best.
    posts = _summaries(rsvp.event).annotate(fit=preference(rsvp.language))
    return posts.order_by("fit", "-published_at", "-id").first()


def microaction_of(rsvp) -> Microaction | None:
    """The person's latest microaction from that meetup, confirmed and not let go."""
    statuses = Microaction.Status
    rows = Microaction.objects.filter(event=rsvp.event).exclude(status__in=[statuses.PENDING, statuses.LET_GO])
    own = rows.of_member(rsvp.member) if rsvp.member else rows.of_address(rsvp.email)
    return own.order_by("-created_at", "-id").first()
