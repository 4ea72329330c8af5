"""The address that people write to: a fresh site takes it from MAIL_FROM, and says so until it is a real one."""

import re

from django.conf import settings
from django.core import checks

from ..models import Chapter
from ..panels import panel

# Set aside for examples and tests (RFC 2606, RFC 6761): nobody reads what is sent there.
NOBODYS = re.compile(r"(?:^|[@.])(?:example(?:\.(?:org|com|net))?|test|invalid|localhost)\.?$", re.IGNORECASE)


def is_nobodys(address: str) -> bool:
    return bool(NOBODYS.search(address)) or "@" not in address


@checks.register
def mail_from_is_real(app_configs, **kwargs):
    if not settings.PRODUCTION or not is_nobodys(settings.SERVER_EMAIL):
        return []
    hint = "Set MAIL_FROM in .env to an address that the mail server may send for and that somebody reads."
    return [
        checks.Warning(f"MAIL_FROM is {settings.SERVER_EMAIL}, which nobody reads.", hint=hint, id="chapter.W001")
    ]


@panel("desk now", template="chapter/pages/_contact_on_desk.html", order=1)
def contact_is_nobodys(subject, request):
    if not settings.PRODUCTION:
        return None
    address = Chapter.load().contact_email
    return {"address": address} if is_nobodys(address) else None
