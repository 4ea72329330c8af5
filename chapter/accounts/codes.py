"""Codes that are mailed to an address, and prove that whoever types one reads its mail.

A code belongs to the address, not to the browser that asked: for SENT_AGAIN_AFTER everybody who asks shares the one in the
mailbox, and no new mail is sent. So a stranger who asks again and again neither fills the mailbox nor keeps its owner
out. A browser must still have asked itself before it can type one, and may try a few times only.
"""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.core.internal.cryptokit import generate_user_code, normalize_user_code
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..addresses import normal
from ..models import CODE_GOOD_FOR, MailedCode, hidden_address
from ..web import TooManyRequests, client_address, ratelimits

SENT_AGAIN_AFTER = timedelta(minutes=6)
GUESSED = "guesses at"
# The first guess after each asking is looked at whoever else is at the same client address, so that the owner gets in;
# a stranger who asks for each guess anew may guess as fast as the site answers. Of 20^8 codes at most two are good at a
# time: 100 such guesses a second, while the two codes live that were mailed before LONG_AFTER, are right on one day in
# 200,000. Later ones have 20^12: one day in 200 million. Among a thousand members, one day in 6,000 for one of them.
GUESSES_A_CODE = 3
# The second and third, for each client address and mailbox.
GUESSES_AN_HOUR = 60
# Guesses a day at one address, after which its new codes are longer.
LONG_AFTER = 2000
LONG = 12


@transaction.atomic
def new_code(email: str) -> str | None:
    """A code to mail to this address; None while one sent lately is on its way. Locks the address."""
    _lock(email)
    sent_lately = timezone.now() + CODE_GOOD_FOR - SENT_AGAIN_AFTER
    if MailedCode.objects.to(email).filter(expires_at__gt=sent_lately).exists():
        return None
    code = generate_user_code(length=LONG if _is_guessed_at(email) else None)
    expires_at = timezone.now() + CODE_GOOD_FOR
    MailedCode.objects.create(address=hidden_address(email), digest=_digest(email, code), expires_at=expires_at)
    return code


def _lock(email):
    # Of two who ask at once, the second finds the first one's code.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [hidden_address(email)])


def _is_guessed_at(email):
    return ratelimits.used(normal(email), GUESSED, seconds=ratelimits.DAY) > LONG_AFTER


def use_code(email: str, typed: str) -> bool:
    """Whether this is a code mailed to the address; of several who type it at once, one is right."""
    same = MailedCode.objects.to(email).live().filter(digest=_digest(email, typed))
    return bool(same.delete()[0])


def _digest(email, code):
    return salted_hmac("chapter.mailed_code", f"{normal(email)} {normalize_user_code(code)}").hexdigest()


def is_asked_again(email: str, page: str) -> bool:
    """Count that somebody asked for a mail; whether it was so lately. It says nothing about who has an account."""
    seconds = int(SENT_AGAIN_AFTER.total_seconds())
    return ratelimits.uses(normal(email), f"asked {page}", seconds=seconds)[0] > 1


def count_guess(request, email: str, *, asked_at: float) -> None:
    """Count a guess before it is looked at. Raises ValidationError beyond a few for one request of a browser; beyond
    the first, also for one client address."""
    tries = f"{request.session.session_key} {asked_at} {normal(email)}"
    asker = f"{client_address(request)} {normal(email)}"
    try:
        nth = ratelimits.limit_key(tries, "guess", times=GUESSES_A_CODE, seconds=ratelimits.DAY)
        if nth > 1:
            ratelimits.limit_key(asker, "guesses", times=GUESSES_AN_HOUR, seconds=ratelimits.HOUR)
        ratelimits.uses(normal(email), GUESSED, seconds=ratelimits.DAY)
    except TooManyRequests:
        raise get_adapter().validation_error("too_many_login_attempts") from None
