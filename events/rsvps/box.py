"""The context of the RSVP box on an event's page, for one reader."""

from ..models import Event
from . import coming
from .browser import rsvp_of
from .forms import GuestRsvpForm, ShownToForm

CSS = {"claim": "waitlisted", "started": "closed", "past": "past", "postponed": "closed"}


def rsvp_box(event, request, form=None) -> dict:
    """For `events/pages/_rsvp.html`, in at most three queries; `form` is a guest's with errors."""
    event = event if hasattr(event, "going_count") else Event.objects.with_seats().get(pk=event.pk)
    user = request.user
    rsvp = rsvp_of(request, event)
    state = _state(event, rsvp)
    return {
        "event": event,
        "rsvp": rsvp,
        "state": state,
        "css": CSS.get(state, state),
        "seats_left": event.seats_left,
        "waitlist_pos": rsvp.place_in_queue if rsvp else None,
        "form": (form or _form_for(user)) if event.is_open else None,
        "coming": coming.coming(event, rsvp),
        "may_choose": coming.may_choose(event, rsvp),
        "is_guest": rsvp is not None and not user.is_authenticated,
    }


def _form_for(user):
    return ShownToForm() if user.is_authenticated else GuestRsvpForm()


def _state(event, rsvp):
    # The event's own state first, then what the reader may still do, then what they have.
    if not event.is_published:
        return event.state
    if event.is_over:
        return "past"
    if rsvp and rsvp.is_waitlisted and event.can_claim:
        return "claim"
    if rsvp and rsvp.is_holding:
        return rsvp.status
    if event.has_started:
        return "started"
    return "full" if event.is_full else "open"
