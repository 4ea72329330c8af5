"""Letters about one RSVP. Each reads the row when it is sent, and is dropped if it is not true any more."""

from django.utils import timezone

from chapter.mail import Attachment, Letter, letter

from ..calendars import event_ics
from ..letters import letter_context
from ..models import Rsvp
from .lookups import free_seats


def _rsvp_of(delivery):
    return Rsvp.objects.select_related("event__venue", "member").filter(pk=delivery.object_id).first()


def _unchanged_rsvp_of(delivery):
    # None if the status has changed since the letter was queued.
    rsvp = _rsvp_of(delivery)
    return rsvp if rsvp and rsvp.round == delivery.sequence else None


def _letter(rsvp, name, **more):
    attachments = ()
    if rsvp.is_going:
        entry = event_ics(rsvp.event, language=rsvp.language)
        attachments = (Attachment("event.ics", entry, "text/calendar; method=PUBLISH"),)
    return Letter(
        to=rsvp.person_email,
        language=rsvp.language,
        template=f"events/rsvps/mail/{name}",
        context={**letter_context(rsvp), **more},
        attachments=attachments,
    )


@letter("rsvp_confirm", unasked=True)
def rsvp_confirm(delivery):
    """Also when somebody else has typed another address of the mailbox since."""
    rsvp = _rsvp_of(delivery)
    if rsvp is None or not (rsvp.is_unconfirmed and rsvp.event.is_open):
        return None
    is_in = rsvp.event.rsvps.holding().of_mailbox(rsvp.email).exists()
    return None if is_in else _letter(rsvp, "rsvp_confirm", held_until=_held_until(rsvp))


def _held_until(rsvp):
    # On the event's clock, as all other times in the letter.
    is_held = rsvp.held_until and rsvp.held_until > timezone.now()
    return rsvp.held_until.astimezone(rsvp.event.zone) if is_held else None


@letter("rsvp_already", unasked=True)
def rsvp_already(delivery):
    rsvp = _rsvp_of(delivery)
    return _letter(rsvp, "rsvp_already") if rsvp and rsvp.is_holding else None


@letter("rsvp_added", unasked=True)
def rsvp_added(delivery):
    rsvp = _unchanged_rsvp_of(delivery)
    return _letter(rsvp, "rsvp_added") if rsvp and rsvp.is_holding else None


# The kind is the template's name.
@letter("rsvp_going", unasked=False)
@letter("rsvp_promoted", unasked=False)
@letter("rsvp_cancelled", unasked=False)
@letter("rsvp_removed", unasked=False)
def status_changed(delivery):
    rsvp = _unchanged_rsvp_of(delivery)
    return rsvp and _letter(rsvp, delivery.kind)


@letter("rsvp_waitlisted", unasked=False)
def rsvp_waitlisted(delivery):
    rsvp = _unchanged_rsvp_of(delivery)
    return rsvp and _letter(rsvp, "rsvp_waitlisted", place=rsvp.place_in_queue)


@letter("rsvp_claim", unasked=False)
def rsvp_claim(delivery):
    rsvp = _unchanged_rsvp_of(delivery)
    # Somebody may have been faster than the mail.
    return _letter(rsvp, "rsvp_claim") if rsvp and rsvp.event.is_open and free_seats(rsvp.event) else None
