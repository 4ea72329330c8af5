"""What every letter about one RSVP knows of its event."""

from chapter.fields import clean_line
from chapter.mail import page_url


def letter_context(rsvp):
    """The context of a letter in the language of the RSVP; the online link only to those who are going."""
    event, language = rsvp.event, rsvp.language
    wording = event.wording_in(language)
    return {
        "event": event,
        "title": clean_line(wording.title) if wording else event.slug,
        "title_language": wording.language if wording else language,
        "is_going": rsvp.is_going,
        "online_url": event.online_url if rsvp.is_going else "",
        "manage_url": page_url("rsvp", rsvp.token, language=language),
        "event_url": page_url("event", event.slug, language=language),
    }


def stop_url_of(rsvp):
    """The page, and the one-click address (RFC 8058), that ends reminders and keeps the RSVP."""
    return page_url("rsvp_stop", rsvp.token, language=rsvp.language)
