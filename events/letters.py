"""The context that every letter about one RSVP shares."""

from chapter.fields import clean_line
from chapter.mail import in_language, page_url


def letter_context(rsvp) -> dict:
    """In the language of the RSVP; the online link only for those who are going."""
    event, language = rsvp.event, rsvp.language
    return {
        "event": event,
        "title": title_of(event, language),
        "is_going": rsvp.is_going,
        "online_url": event.online_url if rsvp.is_going else "",
        "manage_url": page_url("rsvp", rsvp.token, language=language),
        "event_url": page_url("event", event.slug, language=language),
    }


def title_of(event, language):
    """The title as that language's readers get it, marked as being in its own language."""
    wording = event.wording_in(language)
    return in_language(clean_line(wording.title), wording.language) if wording else event.slug


def stop_url_of(rsvp) -> str:
    """The page and one-click address (RFC 8058) that turns reminders off."""
    return page_url("rsvp_stop", rsvp.token, language=rsvp.language)
