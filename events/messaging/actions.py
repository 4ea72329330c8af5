"""Messages of hosts to those who come or wait: a draft until it is sent, once, to the list of that time."""

import hashlib
import json
from datetime import timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from chapter import mail
from chapter.refusals import Refused

from .. import audit
from ..models import Event, Message, Rsvp, RsvpQuerySet

# A person who signed up for a lunch did not sign up for a newsletter.
A_DAY = 5
KIND = "event_message"
TEST = "event_message_test"
Status = Rsvp.Status
AUDIENCES = {
    Message.Audience.GOING: [Status.GOING],
    Message.Audience.WAITLISTED: [Status.WAITLISTED],
    Message.Audience.ALL: [Status.GOING, Status.WAITLISTED],
}


class AlreadySent(Refused):
    """The message was sent, or its draft deleted."""


class ChangedSinceRead(Refused):
    """Another host has changed the message since the sender read it."""


class NoReaders(Refused):
    """Nobody of the audience has an address."""


class DailyLimitReached(Refused):
    """More than A_DAY messages about one event in 24 hours."""


def readers(event, audience) -> RsvpQuerySet:
    # Guests whose address is deleted cannot be reached.
    rows = event.rsvps.filter(status__in=AUDIENCES[audience])
    return rows.exclude(member=None, email="").order_by("id")


def readers_by_audience(event) -> dict[str, int]:
    """How many would get a message, for each audience; one query."""
    rows = readers(event, Message.Audience.ALL).order_by().values_list("status").annotate(Count("pk"))
    counts = dict(rows)
    return {audience: sum(counts.get(status, 0) for status in statuses) for audience, statuses in AUDIENCES.items()}


def is_for(message, rsvp) -> bool:
    return rsvp.status in AUDIENCES[message.audience]


def is_daily_limit_reached(event) -> bool:
    return event.messages.filter(sent_at__gt=timezone.now() - timedelta(hours=24)).count() >= A_DAY


def fingerprint(message) -> str:
    read = [message.audience, message.language, message.subject, message.body]
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()


@transaction.atomic
def draft(*, event, by, **fields) -> Message:
    message = Message.objects.create(event=event, author=by, **fields)
    audit.record("message_drafted", event, by=by)
    return message


@transaction.atomic
def edit(*, message_id, by, **fields) -> Message:
    """Change a draft. Locks the message; raises AlreadySent."""
    message = _lock_draft(message_id)
    for name, value in fields.items():
        setattr(message, name, value)
    message.author = by
    message.save()
    audit.record("message_edited", message.event, by=by)
    return message


@transaction.atomic
def delete(*, message_id, by) -> None:
    """Delete a draft. Locks the message; raises AlreadySent."""
    message = _lock_draft(message_id)
    audit.record("message_deleted", message.event, by=by)
    message.delete()


def _lock_draft(message_id):
    message = Message.objects.select_for_update(of=("self",)).select_related("event").filter(pk=message_id).first()
    check_is_draft(message)
    return message


def check_is_draft(message) -> None:
    if message is None or message.sent_at:
        raise AlreadySent(_("This message has already been sent or deleted. Nothing was changed."))


@transaction.atomic
def test(*, message_id, by) -> None:
    """Queue the mail of a draft to `by` alone, at most once a minute. Locks the message; raises AlreadySent."""
    message = _lock_draft(message_id)
    minute = int(timezone.now().timestamp()) // 60
    mail.post(TEST, message.pk, recipient=f"member:{by.pk}", sequence=minute)
    audit.record("message_tested", message.event, by=by)


@transaction.atomic
def send(*, event_id, message_id, by, seen=None) -> int:
    """Queue one mail to each reader; returns how many. `seen` is the fingerprint of what `by` has read.

    Locks the event, then the message: of two hosts who send at once the second gets AlreadySent. Raises
    ChangedSinceRead, DailyLimitReached, NoReaders.
    """
    event = Event.objects.lock(event_id)
    message = _lock_draft(message_id)
    if seen is not None and seen != fingerprint(message):
        raise ChangedSinceRead(_("Not sent: the message has changed since you read it. Read it again first."))
    if is_daily_limit_reached(event):
        raise DailyLimitReached(
            _("Not sent: %(count)d messages about this event have been sent in the last day. Try again tomorrow.")
            % {"count": A_DAY}
        )
    ids = list(readers(event, message.audience).values_list("id", flat=True))
    if not ids:
        raise NoReaders(_("There is no one to send it to right now."))
    message.sent_at, message.sent_to, message.author = timezone.now(), len(ids), by
    message.save(update_fields=["sent_at", "sent_to", "author"])
    mail.post_all(KIND, ids, sequence=message.pk)
    audit.record("message_sent", event, by=by, count=len(ids))
    return len(ids)
