"""One budget for each mailbox, for all that goes there without its owner having asked for it.

Anybody may type anybody's address into a form. Every letter that such a form causes passes here, whatever its kind:
at most PER_ASKER an hour for each client address, and PER_MAILBOX an hour in all. Codes to sign in have a rule of
their own instead, in `chapter/accounts/codes.py`, since nobody may keep the owner out.
"""

from allauth.core import context

from ..addresses import mailbox
from ..web import TooManyRequests, client_address, ratelimits

PER_ASKER = 5
PER_MAILBOX = 8


class MailboxFull(TooManyRequests):
    """The budget of a mailbox is spent; becomes the 429 page."""

    page = "mailbox_full"


def pass_one(email: str) -> None:
    """Count one letter; MailboxFull if it must not go. In the caller's transaction, so that what is refused counts not."""
    identity = mailbox(email)
    try:
        if asker := _asker():
            ratelimits.limit_key(f"{asker} {identity}", "mail_asker", times=PER_ASKER, seconds=ratelimits.HOUR)
        ratelimits.limit_key(identity, "mailbox", times=PER_MAILBOX, seconds=ratelimits.HOUR)
    except TooManyRequests as refused:
        raise MailboxFull(refused.retry_after) from refused


def _asker():
    # None in a command or a job.
    return context.request and client_address(context.request)
