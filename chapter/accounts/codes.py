"""Codes that are mailed to an address, and prove that whoever types one reads its mail.

A code belongs to the address, not to the browser that asked: for SENT_AGAIN_AFTER everybody who asks shares the one in the
mailbox, and no new mail is sent. So a stranger who asks again and again neither fills the mailbox nor keeps its owner
out. A browser must still have asked itself before it can type one, and may try a few times only.
"""

import re
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _

from ..addresses import normal
from ..models import CODE_GOOD_FOR, MailedCode, hidden_address
from ..web import TooManyRequests, client_address, ratelimits, turns

SENT_AGAIN_AFTER = timedelta(minutes=6)
GUESSED = "guesses at"
# The first guess after each asking is looked at whoever else is at the same client address, so that the owner gets in;
# a stranger who asks for each guess anew may guess as fast as the site answers. At most two codes are good at a time.
# So short ones, 10^8 of them, are good for the first SHORT_GUESSES of a day at an address and no longer: those are right
# on one day in 8 million, and at one of a thousand addresses that are all tried, on one day in 8,000. Whoever asks after
# them gets a long code at once, of 10^16, which no guess can take away: 100 guesses a second, all day and wherever, are
# right on one day in 500 million.
GUESSES_A_CODE = 3
# The second and third, for each client address and mailbox.
GUESSES_AN_HOUR = 60
# The wrong ones of a day.
SHORT_GUESSES = 6
DIGITS, LONG_DIGITS = 8, 16
GROUP = 4


@transaction.atomic
def new_code(email: str) -> str | None:
    """A code to mail to this address; None while one sent lately is on its way and good. Locks the address."""
    _lock(email)
    is_long = _is_guessed_at(email)
    sent_lately = MailedCode.objects.to(email).filter(
        expires_at__gt=timezone.now() + CODE_GOOD_FOR - SENT_AGAIN_AFTER
    )
    if sent_lately.filter(is_long__gte=is_long).exists():
        return None
    code = get_random_string(LONG_DIGITS if is_long else DIGITS, "0123456789")
    expires_at = timezone.now() + CODE_GOOD_FOR
    MailedCode.objects.create(
        address=hidden_address(email), digest=_digest(email, code), is_long=is_long, expires_at=expires_at
    )
    return " ".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def _lock(email):
    # Of two who ask at once, the second finds the first one's code.
    turns.take(f"code {hidden_address(email)}")


def _is_guessed_at(email):
    return ratelimits.used(normal(email), GUESSED, seconds=ratelimits.DAY) >= SHORT_GUESSES


def use_code(email: str, typed: str) -> bool:
    """Whether this is a code mailed to the address; of several who type it at once, one is right."""
    same = MailedCode.objects.to(email).live().filter(digest=_digest(email, typed))
    is_right = bool(same.delete()[0])
    if is_right:
        ratelimits.give_back(normal(email), GUESSED, seconds=ratelimits.DAY)
    return is_right


def _only_long():
    return ValidationError(
        _(
            "Wrong codes have been typed many times for this address today, so this code no longer works. Ask for a new "
            "one: it is longer, and will work."
        ),
        code="only_long",
    )


def _digest(email, code):
    return salted_hmac("chapter.mailed_code", f"{normal(email)} {_digits(code)}").hexdigest()


def _digits(typed):
    # With spaces, hyphens, or whatever a mail program puts between the groups.
    return re.sub(r"[\W_]", "", typed)


def is_asked_again(email: str, page: str) -> bool:
    """Count that somebody asked for a mail; whether it was so lately. It says nothing about who has an account."""
    seconds = int(SENT_AGAIN_AFTER.total_seconds())
    # The previous code may have been a short one, which is good no longer.
    return ratelimits.uses(normal(email), f"asked {page}", seconds=seconds)[0] > 1 and not _is_guessed_at(email)


def count_guess(request, email: str, typed: str, *, asked_at: float) -> None:
    """Count a guess before it is looked at. Raises ValidationError beyond a few for one request of a browser; beyond
    the first, also for one client address; and for a short code when only long ones are good at the address."""
    tries = f"{request.session.session_key} {asked_at} {normal(email)}"
    asker = f"{client_address(request)} {normal(email)}"
    try:
        nth = ratelimits.limit_key(tries, "guess", times=GUESSES_A_CODE, seconds=ratelimits.DAY)
        if nth > 1:
            ratelimits.limit_key(asker, "guesses", times=GUESSES_AN_HOUR, seconds=ratelimits.HOUR)
        today = ratelimits.uses(normal(email), GUESSED, seconds=ratelimits.DAY)[0]
    except TooManyRequests:
        raise get_adapter().validation_error("too_many_login_attempts") from None
    if today > SHORT_GUESSES and len(_digits(typed)) < LONG_DIGITS:
        raise _only_long()
