"""Addresses in the texts of others, made whole and quoted for Markdown."""

import re
from urllib.parse import quote, urljoin, urlsplit

from ..text import with_scheme

# Instead of a base: addresses stay relative, to be looked up in a folder.
RELATIVE = "."


def absolute(address, base):
    """An absolute http(s) or mailto address, quoted for Markdown; empty for any other."""
    address = " ".join(address.split())
    if not address:
        return ""
    if base == RELATIVE:
        address = with_scheme(address) if address.lower().startswith(("www.", "//")) else address
        is_far = re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE)
        return absolute(address, "") if is_far else quote(address, safe=":/?#@!$&'*+,;=%~{}")
    if not base or address.lower().startswith("www."):
        address = with_scheme(address)
    try:
        joined = urljoin(base, address) if base else address
        scheme = urlsplit(joined).scheme
    except ValueError:
        return ""
    return quote(joined, safe=":/?#@!$&'*+,;=%~") if scheme in {"http", "https", "mailto"} else ""
