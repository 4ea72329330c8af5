"""What the hosts write to those who come or wait: a draft until it is sent, once, to whoever is there then."""

import hashlib
import json
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from chapter import mail

from .. import audit
from ..models import Event, Message, Rsvp

# Whoever signed up for a lunch did not sign up for a newsletter.
A_DAY = 5
KIND = "event_message"
Status = Rsvp.Status
AUDIENCES = {
    Message.Audience.GOING: [Status.GOING],
    Message.Audience.WAITLISTED: [Status.WAITLISTED],
    Message.Audience.ALL: [Status.GOING, Status.WAITLISTED],
}


class NotSent(Exception):
    """It was sent before, or is gone."""


class Changed(Exception):
    """Another host has changed it since the sender read it."""


class NobodyThere(Exception):
    """Nobody is going, or waiting, who could read it."""


class Enough(Exception):
    """A_DAY messages about one event in 24 hours."""


def readers(event, audience):
    """The RSVPs that a message to this audience goes to now; guests whose address is deleted are not among them."""
    rows = event.rsvps.filter(status__in=AUDIENCES[audience])
    return rows.exclude(member=None, email="").order_by("id")


def is_for(message, rsvp):
    """Whether the message is still meant for this person: they may have left since, or got a seat."""
    return rsvp.status in AUDIENCES[message.audience]


def is_enough(event):
    """Whether no more may be sent today."""
    return event.messages.filter(sent_at__gt=timezone.now() - timedelta(hours=24)).count() >= A_DAY


@transaction.atomic
def draft(*, event, by, **fields):
    """A new message that nobody has got yet."""
    message = Message.objects.create(event=event, author=by, **fields)
    audit.record("message_drafted", event, by=by)
    return message


@transaction.atomic
def edit(*, message_id, by, **fields):
    """Change a draft. Locks the message's row; raises NotSent for one that was sent."""
    message = _locked_draft(message_id)
    for name, value in fields.items():
        setattr(message, name, value)
    message.author = by
    message.save()
    audit.record("message_edited", message.event, by=by)
    return message


@transaction.atomic
def delete(*, message_id, by):
    """Throw a draft away. Locks the message's row; raises NotSent for one that was sent."""
    message = _locked_draft(message_id)
    audit.record("message_deleted", message.event, by=by)
    message.delete()


def _locked_draft(message_id):
    message = Message.objects.select_for_update(of=("self",)).select_related("event").filter(pk=message_id).first()
    if message is None or message.sent_at:
        raise NotSent
    return message


def fingerprint(message):
    """Of what a host reads before it is sent: the same for the same words to the same audience."""
    read = [message.audience, message.language, message.subject, message.body]
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()


@transaction.atomic
def send(*, event_id, message_id, by, seen=None):
    """Queue one mail each to those who are there now, and return how many. `seen` is the fingerprint of what `by` has read.

    Locks the event, then the message: of two hosts who press at once the second gets NotSent. Raises Changed,
    NobodyThere, Enough.
    """
    event = Event.objects.lock(event_id)
    message = _locked_draft(message_id)
    if seen is not None and seen != fingerprint(message):
        raise Changed
    if is_enough(event):
        raise Enough
    ids = list(readers(event, message.audience).values_list("id", flat=True))
    if not ids:
        raise NobodyThere
    message.sent_at, message.sent_to, message.author = timezone.now(), len(ids), by
    message.save(update_fields=["sent_at", "sent_to", "author"])
    mail.post_all(KIND, ids, sequence=message.pk)
    audit.record("message_sent", event, by=by, count=len(ids))
    return len(ids)
