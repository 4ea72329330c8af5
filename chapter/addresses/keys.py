"""One address, one spelling; one mailbox, one key."""

import re
import secrets

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from . import domains

# The part behind the plus sign is for the reader's own filters: the mail arrives in the same mailbox.
TAG = r"^([^+@]+)\+[^@]*@"


def normal(email: str) -> str:
    """Small letters, and the domain in its ASCII form. What is no address comes back as near to it as can be."""
    local, at, domain = email.strip().rpartition("@")
    try:
        domain = domains.to_ascii(domain)
    except ValueError:
        domain = domain.lower()
    # Of the letters beyond ASCII some have a small form in ASCII: K (the kelvin sign) must not become another person's k.
    return (local.lower() if local.isascii() else local) + at + domain


def mailbox(email: str) -> str:
    """Who reads it, for limits and for one seat a person: the normal form without the `+tag`."""
    return re.sub(TAG, r"\1@", normal(email))


def checked(email: str) -> str:
    """The normal form of an address that mail can be sent to; raises ValidationError."""
    local, at, domain = email.strip().rpartition("@")
    if at and not local.isascii():
        raise ValidationError(
            _("Before the @, only the letters a–z, digits and a few signs work here. Do you have another address?"),
            code="local",
        )
    if domain.startswith("["):
        raise ValidationError(
            _("Enter an address with a domain name after the @, such as example.org."), code="literal"
        )
    if at:
        _check_domain(domain)
    found = normal(email)
    validate_email(found)
    if '"' in local:
        raise ValidationError(validate_email.message, code="invalid")
    return found


def _check_domain(domain):
    try:
        found = domains.to_ascii(domain)
        # `localhost` is the site's own machine.
        if "." not in found:
            raise ValueError(found)
    except ValueError as error:
        raise ValidationError(_("Check what comes after the @: we can’t send email there."), code="domain") from error


def of_nobody() -> str:
    """An address that no mail reaches (RFC 2606), another one each time."""
    return f"{secrets.token_hex(12)}@nobody.invalid"


def readable(email: str) -> str:
    """For people: `kari@blåbær.no`, where the database has `kari@xn--blbr-roah.no`."""
    local, at, domain = str(email).rpartition("@")
    return local + at + domains.to_letters(domain)
