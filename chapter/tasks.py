"""Periodic jobs of the chapter; jobs of mail and pictures stand beside what they do."""

import logging

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from .mail import queue, sealed  # noqa: F401  the jobs that send mail
from .pictures import withdrawing  # noqa: F401  the job that moves withdrawn pictures
from .privacy import retention, unfinished
from .share_cards import store

logger = logging.getLogger(__name__)
# A worker says every 10 s that it lives.
SILENT_SECONDS = 25
# How often a job may take its worker with it.
LIVES = 3


# Twice a minute. A worker that starts makes up for the one that was missed, so it looks at once.
@app.periodic(cron="* * * * * */30")
@app.task(name="chapter.retry_stalled", queueing_lock="chapter.retry_stalled", pass_context=True)
async def retry_stalled(context, timestamp):
    await take_up_stalled(context.app)


async def take_up_stalled(app) -> None:
    """Queue again what the dead left undone, and give up on a job that has killed its worker LIVES times."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        if job.attempts >= LIVES + _retries(app, job):
            logger.error("Job %s (%s) has ended its worker too often and is given up", job.id, job.task_name)
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
            continue
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            # The clock has queued the next of its kind already.
            await app.job_manager.finish_job(job, Status.ABORTED, delete_job=False)


def _retries(app, job):
    """The tries that failed by themselves and are in its count, too."""
    task = app.tasks.get(job.task_name)
    strategy = task and task.retry_strategy
    return (strategy and strategy.max_attempts) or 0


@app.periodic(cron="*/5 * * * *")
@app.task(name="chapter.forget_unfinished", queueing_lock="chapter.forget_unfinished")
def forget_unfinished(timestamp):
    """Delete sessions, codes and mails that were begun and not finished, and exports of yesterday."""
    unfinished.expire()


@app.periodic(cron="17 3 * * *")
@app.task(name="chapter.tidy", queueing_lock="chapter.tidy")
def tidy(timestamp):
    """Delete expired personal data every night. Raises an ExceptionGroup of what failed."""
    retention.raise_errors(retention.run())


@app.periodic(cron="27 3 * * *")
@app.task(name="chapter.tidy_cards", queueing_lock="chapter.tidy_cards")
def tidy_cards(timestamp):
    store.tidy()
