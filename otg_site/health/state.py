"""What can be seen in the database of a site that is not well: one statement."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

WORKER_SILENT_AFTER = timedelta(seconds=60)
# Tried and refused for so long, while none got through: it is not one mailbox that is full.
MAIL_FAILS_AFTER = timedelta(minutes=5)
# Backups are made at night; after two nights without one somebody should look.
BACKUP_LATE_AFTER = timedelta(hours=50)
LOOK = """
    WITH tried AS (
        SELECT event.type, event.at FROM procrastinate_events event JOIN procrastinate_jobs job ON job.id = event.job_id
        WHERE job.queue_name = 'mail' AND event.type IN ('deferred_for_retry', 'failed', 'succeeded')
    ), waiting AS (
        SELECT id, queue_name, scheduled_at FROM procrastinate_jobs WHERE status = 'todo'
    )
    SELECT
        (SELECT max(last_heartbeat) FROM procrastinate_workers),
        (SELECT min(at) FROM tried WHERE type <> 'succeeded'
            AND at > coalesce((SELECT max(at) FROM tried WHERE type = 'succeeded'), '-infinity')),
        (SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'mail' AND status = 'failed'),
        (SELECT count(*) FROM waiting WHERE queue_name = 'mail'),
        (SELECT count(*) FROM waiting WHERE scheduled_at IS NULL OR scheduled_at <= now()),
        (SELECT min(greatest(event.at, waiting.scheduled_at)) FROM waiting JOIN procrastinate_events event
            ON event.job_id = waiting.id WHERE scheduled_at IS NULL OR scheduled_at <= now()),
        (SELECT max(made_at) FROM chapter_backup)
"""


@dataclass(frozen=True)
class State:
    worker_seen_at: datetime | None
    # The first mail that failed since the last one that was sent.
    mail_fails_since: datetime | None
    # Given up, in as many days as jobs are kept.
    mails_failed: int
    mails_waiting: int
    jobs_waiting: int
    oldest_job_at: datetime | None
    backup_at: datetime | None

    @property
    def worker_is_silent(self):
        return _is_over(self.worker_seen_at, WORKER_SILENT_AFTER)

    @property
    def mail_fails(self):
        return bool(self.mail_fails_since) and _is_over(self.mail_fails_since, MAIL_FAILS_AFTER)

    @property
    def backup_is_late(self):
        return _is_over(self.backup_at, BACKUP_LATE_AFTER)

    def figures(self) -> dict:
        """Numbers for machines; ages in seconds, None for what never was."""
        return {
            "worker_age": _age(self.worker_seen_at),
            "jobs_waiting": self.jobs_waiting,
            "oldest_job_age": _age(self.oldest_job_at),
            "mails_waiting": self.mails_waiting,
            "mails_failed": self.mails_failed,
            "mail_fails_for": _age(self.mail_fails_since),
            "backup_age": _age(self.backup_at),
        }


def look() -> State:
    with connection.cursor() as cursor:
        cursor.execute(LOOK)
        return State(*cursor.fetchone())


def _is_over(moment, patience):
    return moment is None or moment < timezone.now() - patience


def _age(moment):
    return moment and max(0, round((timezone.now() - moment).total_seconds()))
