"""The return path of a follower's mails (VERP): whose mail came back stands in the address that it came back to."""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from ..models import Follower

# Digits and lower-case hexadecimals: mail servers may change the case.
IN_ADDRESS = re.compile(r"\+(\d{1,18})-([0-9a-f]{16})@")


def return_path(follower: Follower) -> str:
    """Empty where the site has no address for bounces."""
    name, _at, host = settings.MAIL_BOUNCES.partition("@")
    return f"{name}+{follower.pk}-{_signature(follower.pk)}@{host}" if host else ""


def follower_of(address: str) -> Follower | None:
    """Whose mail it was that came back to this address; None for an address that we did not make."""
    found = IN_ADDRESS.search(address.lower())
    if found is None or not constant_time_compare(found[2], _signature(int(found[1]))):
        return None
    return Follower.objects.filter(pk=found[1]).first()


def _signature(pk):
    return salted_hmac("followers.verp", str(pk), algorithm="sha256").hexdigest()[:16]
