"""The door of the demo's past events: a few who walked in, and one message that was sent."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from events import audit
from events.models import Message, Rsvp, WalkIn

from . import texts

EVENTS_WITH_WALK_INS = 6
# After so long the site itself has forgotten what they were called.
FORGOTTEN_AFTER = timedelta(days=30)


def load(events, members):
    """Store walk-ins at past events, and a message to the attendees of the last one, which is not sent."""
    known = texts.toml("door")
    latest = sorted((event for _plan, event in events.been), key=lambda event: event.starts_at, reverse=True)
    walk_ins = [
        row for place, event in enumerate(latest[:EVENTS_WITH_WALK_INS]) for row in _walk_ins(event, place, known)
    ]
    WalkIn.objects.bulk_create(walk_ins)
    _message(latest[0], members[known["message"]["author"]], known["message"])


def _walk_ins(event, place, known):
    is_forgotten = timezone.now() - event.ends_at > FORGOTTEN_AFTER
    names = known["walk_ins"][place % len(known["walk_ins"])]
    came_at = event.starts_at + timedelta(minutes=4)
    return [
        WalkIn(event=event, client_id=uuid4(), name="" if is_forgotten else name, created_at=came_at)
        for name in names
    ]


def _message(event, author, text):
    going = event.rsvps.filter(status=Rsvp.Status.GOING).count()
    sent_at = event.starts_at - timedelta(days=1)
    fields = {name: text[name] for name in ("subject", "body", "language")}
    Message.objects.create(event=event, author=author, created_at=sent_at, sent_at=sent_at, sent_to=going, **fields)
    entry = audit.record("message_sent", event, by=author, count=going)
    type(entry).objects.filter(pk=entry.pk).update(at=sent_at)
