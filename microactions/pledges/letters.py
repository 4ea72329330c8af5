"""Mails about a new pledge: to confirm it, or to put it into the calendar. Not counted among the three of a check-in."""

from chapter.mail import Attachment, Letter, letter

from ..letters import letter_about, microaction_of
from .calendar import microaction_ics


@letter("pledge_confirm", unasked=True)
def pledge_confirm(delivery) -> Letter | None:
    """To a guest: the page on which they confirm. Nothing once it is confirmed, deleted or expired."""
    microaction = microaction_of(delivery)
    if microaction is None or not microaction.is_pending:
        return None
    # Anybody could have typed the address: nothing that was typed is mailed there.
    return letter_about(microaction, "pledges/mail/pledge_confirm")


@letter("pledge_noted", unasked=False)
def pledge_noted(delivery) -> Letter | None:
    microaction = microaction_of(delivery)
    if microaction is None or not microaction.is_open:
        return None
    return letter_about(microaction, "pledges/mail/pledge_noted", attachments=(_calendar_entry(microaction),))


def _calendar_entry(microaction):
    return Attachment("microaction.ics", microaction_ics(microaction), "text/calendar; method=PUBLISH")
