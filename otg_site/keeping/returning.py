"""A restored database before anybody sees it: nobody who left is back, and no mail goes out twice.

It is as old as its backup. `Since` is what is known of the time after it.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from chapter.models import Delivery, Gone, Image, SealedMail
from chapter.pictures import withdrawing
from chapter.privacy import gone, retention

from .since import VERSION

# Numbers that were given after the backup stand in links, and must not become somebody else's.
NUMBERS_LEFT_OUT = 100_000
LEAVE_OUT = """
    SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, least(coalesce(last_value, 1) + %s, max_value))
    FROM pg_sequences WHERE schemaname = current_schema()
"""


class TooOld(Exception):
    pass


@dataclass(frozen=True)
class Since:
    """Without a list nothing is known: then no mail that waited in the backup is sent."""

    gone: frozenset[str] = frozenset()
    mails: dict = field(default_factory=dict)
    is_known: bool = False

    @classmethod
    def read(cls, found: dict) -> Self:
        """Raises TooOld, ValueError."""
        if found.get("version") != VERSION:
            raise ValueError(f"The list is of version {found.get('version')}, and this release reads {VERSION}.")
        if parse_datetime(found["written_at"]) < timezone.now() - timedelta(days=gone.KEPT_DAYS):
            raise TooOld(f"The list is older than {gone.KEPT_DAYS} days.")
        return cls(frozenset(found["gone"]), {tuple(key): waits for *key, waits in found["mails"]}, is_known=True)


def come_back(since: Since) -> dict[str, int]:
    """Bring the restored database up to what is known, and run the nightly deletion; returns what was done, for people.

    To be run before web, live and worker. Idempotent but for the numbers that are left out.
    """
    done = {f"deleted again from {table}": number for table, number in gone.delete_again(set(since.gone)).items()}
    done["pictures withdrawn again"] = _withdraw_again(since.gone)
    done["mails not sent again"] = _settle_mails(since)
    _end_sessions()
    with connection.cursor() as cursor:
        cursor.execute(LEAVE_OUT, [NUMBERS_LEFT_OUT])
    retention.raise_errors(retention.run())
    return {what: number for what, number in done.items() if number}


def _withdraw_again(marks):
    numbers = gone.of_place(Gone.WITHDRAWN, Image, marks)
    images = Image.objects.filter(pk__in=numbers, withdrawn_file="")
    for image in images:
        with transaction.atomic():
            withdrawing.withdraw(image)
        withdrawing.hide_files(image.pk)
    return len(images)


@transaction.atomic
def _settle_mails(since):
    """What waited in the backup waits on only if it did to the last; what was queued after it counts as sent."""
    known = {_key(row): row for row in Delivery.objects.all()}
    settled = [row for key, row in known.items() if _waits(row) and not since.mails.get(key)]
    Delivery.objects.filter(pk__in=[row.pk for row in settled]).update(dropped_at=timezone.now())
    later = [key for key in since.mails if key not in known]
    now = timezone.now()
    Delivery.objects.bulk_create(
        [Delivery(kind=k, object_id=o, recipient=r, sequence=s, sent_at=now) for k, o, r, s in later],
        ignore_conflicts=True,
        batch_size=1000,
    )
    SealedMail.objects.all().delete()
    return len(settled) + len(later)


def _key(row):
    return row.kind, row.object_id, row.recipient, row.sequence


def _waits(row):
    return row.sent_at is None and row.dropped_at is None


def _end_sessions():
    # Somebody may have signed out since, or lost the device.
    Session.objects.all().delete()
    UserSession.objects.all().delete()
