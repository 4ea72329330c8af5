"""Whether others take mails for the chapter's own: what the DNS says of the domain in MAIL_FROM.

Needs dnspython (the extra `dns`); without it the doctor says how to look by hand.
"""

from collections.abc import Iterator

import dns.exception
import dns.resolver

PATIENCE_SECONDS = 5
SPF = "v=spf1"
DMARC = "v=DMARC1"


class NoAnswer(Exception):
    """The resolver cannot be reached: nothing is known."""


def resolver() -> dns.resolver.Resolver:
    """The machine's own."""
    return dns.resolver.Resolver()


def looked_up(domain: str, *, selector: str, ask: dns.resolver.Resolver) -> Iterator[tuple[str, str]]:
    """(what was looked at, the remedy or ""). Raises NoAnswer."""
    yield f"SPF of {domain}", _spf_remedy(domain, [text for text in _texts(domain, ask) if _is(text, SPF)])
    if selector:
        name = f"{selector}._domainkey.{domain}"
        yield f"DKIM of {domain}", "" if _texts(name, ask) else f"There is no key at {name}: {ASK_FOR_DKIM}"
    yield f"DMARC of {domain}", "" if _has_dmarc(domain, ask) else NO_DMARC.format(domain=domain)


ASK_FOR_DKIM = "turn DKIM on at your mail provider, and add the TXT or CNAME record that it shows."
NO_SPF = (
    "Others cannot tell who may send for it, and many put such mails aside. Add a TXT record at {domain} with what your "
    'mail provider names, as in "v=spf1 include:spf.PROVIDER -all".'
)
TWO_SPF = "It has {number} records, and with more than one none counts: make one of them."
OPEN_SPF = 'Its record ends with "+all", which lets anybody send for it: end it with "-all".'
NO_DMARC = 'Add a TXT record at _dmarc.{domain}, to begin with "v=DMARC1; p=none".'


def _spf_remedy(domain, records):
    if not records:
        return NO_SPF.format(domain=domain)
    if len(records) > 1:
        return TWO_SPF.format(number=len(records))
    return OPEN_SPF if {"+all", "all"} & set(records[0].lower().split()) else ""


def _has_dmarc(domain, ask):
    """The domain's own, or that of one above it, but not of a top level."""
    labels = domain.split(".")
    above = [".".join(labels[n:]) for n in range(max(1, len(labels) - 1))]
    return any(_is(text, DMARC) for name in above for text in _texts(f"_dmarc.{name}", ask))


def _is(text, version):
    return text.lower().replace(";", " ").split(" ")[0] == version.lower()


def _texts(name, ask):
    try:
        answer = ask.resolve(name, "TXT", lifetime=PATIENCE_SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.DNSException as error:
        raise NoAnswer(type(error).__name__) from error
    return [b"".join(row.strings).decode("utf-8", "replace") for row in answer]
