"""The letters to those who are going or waiting: the event was moved, postponed or cancelled.

The delivery's object is the RSVP, its sequence that of the event. A letter says how things are when it is sent; one that a
later change has overtaken is not sent.
"""

from chapter.mail import Attachment, Letter, letter
from chapter.models import Delivery

from ..calendars import event_ics
from ..letters import letter_context
from ..models import Rsvp

ICS_TYPE = "text/calendar; method=PUBLISH"


@letter("event_cancelled", unasked=False)
def event_cancelled(delivery):
    rsvp = _reader(delivery)
    return _letter(rsvp, "events/planning/mail/cancelled") if rsvp and rsvp.event.is_cancelled else None


@letter("event_postponed", unasked=False)
def event_postponed(delivery):
    rsvp = _reader(delivery)
    is_true = rsvp and rsvp.event.is_postponed and not is_overtaken(delivery)
    return _letter(rsvp, "events/planning/mail/postponed") if is_true else None


@letter("event_moved", unasked=False)
def event_moved(delivery):
    rsvp = _reader(delivery)
    is_true = rsvp and rsvp.event.is_published and not is_overtaken(delivery)
    return _letter(rsvp, "events/planning/mail/moved") if is_true else None


def _reader(delivery):
    rows = Rsvp.objects.holding().select_related("event__venue", "member")
    return rows.filter(pk=delivery.object_id).first()


def is_overtaken(delivery) -> bool:
    """Whether a later change of the event has queued a letter of this kind to the same RSVP."""
    later = Delivery.objects.filter(object_id=delivery.object_id, sequence__gt=delivery.sequence)
    return later.filter(kind=delivery.kind).exists()


def _letter(rsvp, template):
    event, language = rsvp.event, rsvp.language
    file = Attachment(f"{event.slug}.ics", event_ics(event, language=language), ICS_TYPE)
    context = {**letter_context(rsvp), "rsvp": rsvp}
    return Letter(to=rsvp.person_email, language=language, template=template, context=context, attachments=(file,))
