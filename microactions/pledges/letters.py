"""Mails about a new pledge: to confirm it, or to put it into the calendar. Not counted among the three of a check-in."""

from chapter.mail import Attachment, Letter, letter

from ..letters import letter_about, microaction_of
from ..moderation import has_link
from .calendar import microaction_ics


@letter("pledge_confirm")
def pledge_confirm(delivery) -> Letter | None:
    """To a guest: the page on which they confirm. Nothing once it is confirmed, deleted or expired."""
    microaction = microaction_of(delivery)
    if microaction is None or not microaction.is_pending:
        return None
    return letter_about(microaction, "pledges/mail/pledge_confirm", **safe_for_strangers(microaction))


@letter("pledge_noted")
def pledge_noted(delivery) -> Letter | None:
    microaction = microaction_of(delivery)
    if microaction is None or not microaction.is_open:
        return None
    return letter_about(microaction, "pledges/mail/pledge_noted", attachments=(_calendar_entry(microaction),))


def safe_for_strangers(microaction, **context) -> dict:
    """Context and attachments of a letter to an address that anybody could have typed.

    Words with a link in them are left out, of the letter and of the calendar: the site is no relay for spam.
    """
    words_have_link = has_link(microaction)
    return {
        "context": {**context, "has_link": words_have_link},
        "attachments": () if words_have_link else (_calendar_entry(microaction),),
    }


def _calendar_entry(microaction):
    return Attachment("microaction.ics", microaction_ics(microaction), "text/calendar; method=PUBLISH")
