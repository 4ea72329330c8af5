"""Technical data: rate limits, jobs, mail log, audit log."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from .. import audit
from ..models import AuditEntry, Delivery, Gone, ImportFile, MailedCode, RateHit, SealedMail, SiteExport
from . import gone, retention
from .registry import Basis, days, earliest, register

# One line of the register: what an organiser fetched, and what they brought.
ORGANISERS_FILES = _("That you exported the site or imported a file.")
RATE_HITS_DAYS = 1
JOB_DAYS = 14
DELIVERY_DAYS = 90
OLD_JOBS = """
    DELETE FROM procrastinate_jobs
    WHERE status NOT IN ('todo', 'doing')
    AND id IN (SELECT job_id FROM procrastinate_events GROUP BY job_id HAVING max(at) < %s)
"""


def _days_ago(number):
    return timezone.now() - timedelta(days=number)


def export_nothing(member):
    # Nothing in these rows tells whose they are.
    return []


# Against floods of forms
def expire_rate_hits():
    return RateHit.objects.filter(expires_at__lt=timezone.now()).delete()[0]


register(
    RateHit,
    what=_("How many forms came from one place: a code that changes daily, not the IP address."),
    kept=format_lazy(_("At most {period}."), period=days(RATE_HITS_DAYS)),
    export=export_nothing,
    expire=expire_rate_hits,
    oldest=lambda: earliest(RateHit.objects, "expires_at"),
    basis=Basis.INTEREST,
)


# Jobs
def expire_jobs():
    # On Django's connection, so that a dry run can roll it back; the queue may use another one.
    with connection.cursor() as cursor:
        cursor.execute(OLD_JOBS, [_days_ago(JOB_DAYS)])
        return cursor.rowcount


register(
    ProcrastinateJob,
    name=_("background jobs"),
    what=_("What the site did in the background, without names."),
    kept=format_lazy("{period}.", period=days(JOB_DAYS)),
    export=export_nothing,
    expire=expire_jobs,
    oldest=lambda: earliest(ProcrastinateEvent.objects.exclude(job__status__in=["todo", "doing"]), "at"),
    basis=Basis.INTEREST,
)


# One line of the table for both.
NOT_WHAT = _("That you were emailed or deleted something, not what.")


# Mail
def deliveries_to(member):
    return Delivery.objects.filter(recipient=f"member:{member.pk}")


def expire_deliveries():
    return Delivery.objects.filter(created_at__lt=_days_ago(DELIVERY_DAYS)).delete()[0]


register(
    Delivery,
    what=NOT_WHAT,
    kept=format_lazy("{period}.", period=days(DELIVERY_DAYS)),
    export=lambda member: list(deliveries_to(member).order_by("pk").values("kind", "created_at", "sent_at")),
    erase=lambda member, *, keep_texts: deliveries_to(member).delete(),
    expire=expire_deliveries,
    oldest=lambda: earliest(Delivery.objects, "created_at"),
    basis=Basis.INTEREST,
)


ON_THEIR_WAY = _("Emails on their way to you, encrypted, and their codes, scrambled.")
UNTIL_SENT = _("Until they are sent or used: a day at most, codes ten minutes.")
register(
    SealedMail,
    what=ON_THEIR_WAY,
    kept=UNTIL_SENT,
    export=export_nothing,
    basis=Basis.ASKED,
)
register(
    MailedCode,
    what=ON_THEIR_WAY,
    kept=UNTIL_SENT,
    export=export_nothing,
    basis=Basis.ASKED,
)


# Exports that organisers ask for
register(
    SiteExport,
    what=ORGANISERS_FILES,
    kept=_("24 hours."),
    export=lambda member: list(
        SiteExport.objects.filter(asked_by=member).order_by("pk").values("asked_at", "has_drafts", "state")
    ),
    erase=lambda member, *, keep_texts: SiteExport.objects.filter(asked_by=member).update(asked_by=None),
    basis=Basis.INTEREST,
)


# Files that organisers bring in
register(
    ImportFile,
    what=ORGANISERS_FILES,
    kept=_("24 hours."),
    export=lambda member: list(
        ImportFile.objects.filter(asked_by=member).order_by("pk").values("asked_at", "name", "state")
    ),
    erase=lambda member, *, keep_texts: ImportFile.objects.filter(asked_by=member).update(asked_by=None),
    basis=Basis.INTEREST,
)


# The organisers' log
def lines_of(member):
    return AuditEntry.objects.filter(actor=member)


def expire_log():
    # Lines of the nightly deletion expire sooner, since there are some every night.
    nightly = AuditEntry.objects.filter(verb__in=retention.VERBS, at__lt=_days_ago(DELIVERY_DAYS)).delete()[0]
    return nightly + AuditEntry.objects.filter(at__lt=_days_ago(audit.LOG_DAYS)).delete()[0]


register(
    AuditEntry,
    what=_("What you did as an organiser or host. Organisers can read it."),
    kept=format_lazy(_("{period}; without your name once you delete your account."), period=days(audit.LOG_DAYS)),
    export=lambda member: list(lines_of(member).order_by("pk").values("at", "verb", "about", "count")),
    erase=lambda member, *, keep_texts: lines_of(member).update(actor=None),
    expire=expire_log,
    oldest=lambda: earliest(AuditEntry.objects, "at"),
    basis=Basis.INTEREST,
)


# What a restored backup must not bring back
def expire_gone():
    return Gone.objects.filter(at__lt=_days_ago(gone.KEPT_DAYS)).delete()[0]


register(
    Gone,
    what=NOT_WHAT,
    kept=format_lazy("{period}.", period=days(gone.KEPT_DAYS)),
    export=export_nothing,
    expire=expire_gone,
    oldest=lambda: earliest(Gone.objects, "at"),
    basis=Basis.INTEREST,
)
