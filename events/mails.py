"""Letters about one RSVP. Each looks at the row when its turn comes: what is not true any more is not said."""

from chapter.mail.queue import Attachment, Letter, letter

from .calendars.ics import event_ics
from .letters import letter_context
from .messaging import letters as message_mails  # noqa: F401
from .models import Rsvp
from .photos import letters as photo_mails  # noqa: F401

# The letters of changes, messages, photos, proposals, reminders and series are found with these.
from .planning import letters as change_mails  # noqa: F401
from .proposals import letters as proposal_mails  # noqa: F401
from .rsvps import reminder_mails  # noqa: F401
from .rsvps.actions import free_seats
from .series import letters as series_mails  # noqa: F401


def _rsvp_of(delivery):
    """The RSVP as it is now; None if it, or what the letter is about, is gone."""
    return Rsvp.objects.select_related("event__venue", "member").filter(pk=delivery.object_id).first()


def _still(delivery):
    """The RSVP, if it stands as it stood when the letter was queued."""
    rsvp = _rsvp_of(delivery)
    return rsvp if rsvp and rsvp.round == delivery.sequence else None


def _letter(rsvp, name, **more):
    """A letter with the facts of the event, and the event for the calendar of those who are going."""
    attachments = (_calendar_entry(rsvp.event, rsvp.language),) if rsvp.is_going else ()
    return Letter(
        to=rsvp.person_email,
        language=rsvp.language,
        template=f"events/rsvps/mail/{name}",
        context={**letter_context(rsvp), **more},
        attachments=attachments,
    )


def _calendar_entry(event, language):
    return Attachment("event.ics", event_ics(event, language=language), "text/calendar; method=PUBLISH")


@letter("rsvp_confirm")
def rsvp_confirm(delivery):
    rsvp = _rsvp_of(delivery)
    return _letter(rsvp, "rsvp_confirm") if rsvp and rsvp.is_pending and rsvp.event.is_open else None


@letter("rsvp_already")
def rsvp_already(delivery):
    rsvp = _rsvp_of(delivery)
    return _letter(rsvp, "rsvp_already") if rsvp and rsvp.is_holding else None


@letter("rsvp_going")
@letter("rsvp_promoted")
@letter("rsvp_cancelled")
@letter("rsvp_removed")
def what_happened(delivery):
    """Each kind has the template of its name."""
    rsvp = _still(delivery)
    return rsvp and _letter(rsvp, delivery.kind)


@letter("rsvp_waitlisted")
def rsvp_waitlisted(delivery):
    rsvp = _still(delivery)
    return rsvp and _letter(rsvp, "rsvp_waitlisted", place=rsvp.place_in_queue)


@letter("rsvp_claim")
def rsvp_claim(delivery):
    """Somebody may have been faster than the mail."""
    rsvp = _still(delivery)
    return _letter(rsvp, "rsvp_claim") if rsvp and rsvp.event.is_open and free_seats(rsvp.event) else None
