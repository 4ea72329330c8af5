"""The context that every letter about one RSVP shares."""

from django.utils import translation

from chapter.fields import clean_line
from chapter.mail import in_language, page_url, with_note

# The List-Id of what goes to all who signed up for an event, so that a mail program can sort it.
PARTICIPANTS = "participants"


def letter_context(rsvp) -> dict:
    """In the language of the RSVP; the online link only for those who are going."""
    event, language = rsvp.event, rsvp.language
    return {
        "event": event,
        **titles_of(event, language),
        "is_going": rsvp.is_going,
        "online_url": event.online_url if rsvp.is_going else "",
        "manage_url": page_url("rsvp", rsvp.token, language=language),
        "event_url": page_url("event", event.slug, language=language),
    }


def titles_of(event, language) -> dict:
    """The title as that language's readers get it, marked as being in its own language; `noted_title` also says which."""
    wording = event.wording_in(language)
    if wording is None:
        return {"title": event.slug, "noted_title": event.slug}
    title = clean_line(wording.title)
    with translation.override(language):
        noted = with_note(title, wording.language)
    return {"title": in_language(title, wording.language), "noted_title": noted}


def stop_url_of(rsvp) -> str:
    """The page and one-click address (RFC 8058) that turns reminders off."""
    return page_url("rsvp_stop", rsvp.token, language=rsvp.language)
