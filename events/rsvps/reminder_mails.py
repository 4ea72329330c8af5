"""The reminder as a letter: whether it is still true is decided when it goes out."""

from chapter.mail import Letter, letter

from ..letters import letter_context, stop_url_of
from ..models import Rsvp
from . import reminders


@letter(reminders.KIND)
def reminder(delivery):
    rsvp = Rsvp.objects.select_related("event__venue", "member").filter(pk=delivery.object_id).first()
    if rsvp is None or not reminders.is_still_right(delivery, rsvp):
        return None
    stop_url = stop_url_of(rsvp)
    return Letter(
        to=rsvp.person_email,
        language=rsvp.language,
        template="events/rsvps/mail/reminder",
        context={**letter_context(rsvp), "stop_url": stop_url},
        unsubscribe_url=stop_url,
    )
