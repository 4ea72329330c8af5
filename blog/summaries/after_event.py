"""After a meetup: one mail to each person who was going, with the summary and the question of a microaction.

It goes out when the summary is published, or at ten the day after, whichever comes first; by day on the event's clock,
and not later than a week after the end. The Delivery of kind "after_event" keeps it from going out twice.
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
log = logging.getLogger(__name__)


def write_due():
    """Write to everybody who is due, one event, one transaction at a time; how many. Late, twice or at once: each once."""
    now = timezone.now()
    lately = Event.objects.past().filter(ends_at__gt=now - NEWS_FOR)
    return sum(_try_to_write(event) for event in lately if is_time(event))


def is_time(event):
    """Whether those who were at this event, which is over, may be written to now."""
    now = timezone.now().astimezone(event.zone)
    return now.hour in BY_DAY and (now >= _day_after(event) or _summaries(event).exists())


def _day_after(event):
    return datetime.combine(event.local_end.date() + timedelta(days=1), DAY_AFTER_AT, tzinfo=event.zone)


def _summaries(event):
    return Post.objects.published().filter(summary_of=event)


def _try_to_write(event):
    try:
        return _write(event)
    except DatabaseError:  # an event that is locked for long must not keep the others waiting; the next run takes it
        log.exception("could not queue the mails after event %s", event.pk)
        return 0


@transaction.atomic
def _write(event):
    """Locks the event, so that two workers do not write to the same people."""
    Event.objects.lock(event.pk)
    people = event.rsvps.were_there().writable().order_by("id")
    return mail.post_all(KIND, list(people.values_list("id", flat=True)))


def is_still_right(rsvp):
    """Whether a mail that was queued is true when its turn comes: also not a week late, nor after a no."""
    event = rsvp.event
    is_news = event.is_over and timezone.now() < event.ends_at + NEWS_FOR
    return event.is_published and is_news and rsvp.was_there and rsvp.wants_reminders


def summary_for(rsvp):
    """The published summary that serves the reader best, or None."""
    posts = _summaries(rsvp.event).annotate(fit=preference(rsvp.language))
    return posts.order_by("fit", "-published_at", "-id").first()


def microaction_of(rsvp):
    """The person's own, latest microaction from that meetup, confirmed and not let go, or None."""
    statuses = Microaction.Status
    rows = Microaction.objects.filter(event=rsvp.event).exclude(status__in=[statuses.PENDING, statuses.LET_GO])
    own = rows.of_member(rsvp.member) if rsvp.member else rows.of_address(rsvp.email)
    return own.order_by("-created_at", "-id").first()
