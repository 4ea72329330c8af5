"""What whoever runs the site looks at first: each finding with its remedy. In English, as all that is for a terminal."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from chapter.models import Member
from chapter.pages import is_nobodys

from ..start import limits
from .state import look

CLOCKS_APART = timedelta(seconds=5)
FREE_BYTES = 1024**3


@dataclass(frozen=True)
class Finding:
    """`remedy` is empty if all is well. A hint is for whoever wants to look: the site cannot tell."""

    about: str
    remedy: str = ""
    hint: str = ""


def findings() -> Iterator[Finding]:
    """Without a database only the error that it raises: the caller says so."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    waits = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield Finding("migrations", "Run manage.py prepare." if waits else "")
    yield Finding("limits of time in the database", "Run manage.py prepare." if limits.missing() else "")
    state = look()
    yield Finding(
        "worker",
        "Start it: docker compose up -d worker, or systemctl start otg-worker." if state.worker_is_silent else "",
    )
    yield Finding("mail server", _mail_remedy(state))
    yield from _about_mail_from()
    yield Finding("backup", "Run deploy/backup, and every night by cron." if state.backup_is_late else "")
    yield Finding("clock", _clock_remedy())
    yield Finding("disk of the pictures", _disk_remedy())
    yield Finding("second factors", _factors_remedy())


def _mail_remedy(state):
    if state.mail_fails:
        return "It refuses every mail. Look for chapter.deliver in the worker's log, and at EMAIL_URL; try --mail."
    if state.mails_failed:
        return f"{state.mails_failed} mails were given up. Look for chapter.deliver in the worker's log."
    return ""


BY_HAND = (
    "Look by hand: `dig +short TXT {domain}` shows SPF (v=spf1 …), `dig +short TXT _dmarc.{domain}` DMARC; a mail sent "
    "with --mail says dkim=pass in its source. The package dnspython would look here."
)


def _about_mail_from():
    """What the DNS says of its domain, by which others decide whether a mail is the chapter's."""
    domain = settings.SERVER_EMAIL.rpartition("@")[2]
    if is_nobodys(settings.SERVER_EMAIL):
        return
    if not find_spec("dns"):
        yield Finding("DNS of MAIL_FROM", hint=BY_HAND.format(domain=domain))
        return
    from . import mail_domain

    try:
        for about, remedy in mail_domain.looked_up(
            domain, selector=settings.MAIL_DKIM_SELECTOR, ask=mail_domain.resolver()
        ):
            yield Finding(about, remedy)
    except mail_domain.NoAnswer as error:
        yield Finding(
            "DNS of MAIL_FROM", hint=f"The resolver does not answer ({error}). {BY_HAND.format(domain=domain)}"
        )
    if not settings.MAIL_DKIM_SELECTOR:
        yield Finding(
            f"DKIM of {domain}",
            hint="Its key has a name that only your mail provider knows. Set "
            "MAIL_DKIM_SELECTOR to it, or look whether a mail sent with --mail says dkim=pass in its source.",
        )


def _clock_remedy():
    before = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    is_apart = not before - CLOCKS_APART < theirs < timezone.now() + CLOCKS_APART
    return (
        "The database's is another. Codes and reminders go by both: install chrony on both machines."
        if is_apart
        else ""
    )


def _disk_remedy():
    folder = next(path for path in (settings.MEDIA_ROOT, *settings.MEDIA_ROOT.parents) if path.exists())
    return "Less than 1 GB is free: make room." if shutil.disk_usage(folder).free < FREE_BYTES else ""


def _factors_remedy():
    with_one = Authenticator.objects.values("user")
    bare = Member.objects.filter(is_organiser=True, is_active=True).exclude(pk__in=with_one).count()
    return f"{bare} organisers have none: they add a passkey under Sign-in and security." if bare else ""
