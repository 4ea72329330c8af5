"""The addresses of the database, the mail server and the hub of the feeds. What is wrong with one is said without what is secret in it."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

DATABASES = {"postgres", "postgresql", "psql", "pgsql"}
MAIL_SERVERS = {"smtp", "smtps", "smtp+tls", "smtp+ssl"}
# Each would end the password before it ends, and what follows would be read as the host, the path or nothing at all.
ESCAPES = {"/": "%2F", "?": "%3F", "#": "%23", "[": "%5B", "]": "%5D", " ": "%20", "\\": "%5C"}
# On these ports a mail server speaks TLS from the first byte, or begins it later: the other way each side waits for the other.
TLS_PORTS = {465: "smtp+ssl", 587: "smtp+tls"}
# What can stand in a header between < and >.
HUB = re.compile(r"https://[!-;=?-~]+")
HINT = (
    "Characters other than letters and digits are written as % and two digits in a user name or password: "
    "%40 for @, %3A for :, %2F for /, %3F for ?, %23 for #, %25 for %."
)


def database(name, url):
    """Django's settings for the database at this address. Raises ImproperlyConfigured."""
    if "://" not in url or url.partition("://")[0] not in DATABASES:
        raise ImproperlyConfigured(f"{name} must begin with postgres://: the site runs on PostgreSQL only.")
    _check(name, url, example="postgres://user:password@host:5432/database")
    return Env.db_url_config(url)


def mail(name, url):
    """Django's settings for mail through the server at this address. Raises ImproperlyConfigured."""
    example = "smtp+tls://user:password@host:587"
    scheme = url.partition("://")[0] if "://" in url else ""
    if scheme not in Env.EMAIL_SCHEMES:
        raise ImproperlyConfigured(
            f"{name} must begin with smtp+tls:// (STARTTLS), smtp+ssl:// or smtp://, as in {example}."
        )
    port = _check(name, url, example=example)
    if scheme in MAIL_SERVERS and not urlsplit(url).hostname:
        raise ImproperlyConfigured(f"{name} names no mail server. Write it as {example}. {HINT}")
    _check_tls(name, scheme, port)
    return Env.email_url_config(url)


def hub(name, url):
    """The address of a WebSub hub, or nothing. Raises ImproperlyConfigured."""
    if url and not HUB.fullmatch(url):
        raise ImproperlyConfigured(f"{name} must begin with https://, as in https://hub.example.org/.")
    return url


def _check_tls(name, scheme, port):
    right = TLS_PORTS.get(port, scheme)
    # The library takes smtps for STARTTLS, too; without TLS, 587 may be a server on the same machine.
    if right != scheme and (port, scheme) not in {(587, "smtps"), (587, "smtp")}:
        raise ImproperlyConfigured(f"{name} has port {port}, which goes with {right}://: begin it with that.")


def _check(name, url, *, example):
    """Raises ImproperlyConfigured; returns the port, or None where there is none or several."""
    secret, at, _ = url.partition("://")[2].rpartition("@")
    for character, escape in ESCAPES.items():
        if at and character in secret:
            raise ImproperlyConfigured(f"{name} has a “{character}” before the @: write it as {escape}. {HINT}")
    try:
        parts = urlsplit(url)
        # Several hosts, each with a port, are for the library to read.
        return None if "," in parts.netloc else parts.port
    except ValueError:
        # Without the cause, which quotes what stands where the port should be: it may be the password.
        raise ImproperlyConfigured(f"{name} cannot be read. Write it as {example}. {HINT}") from None
