"""Periodic jobs of the chapter; jobs of mail and pictures stand beside what they do."""

from procrastinate.contrib.django import app

from .mail import queue, sealed  # noqa: F401  the jobs that send mail
from .pictures import withdrawing  # noqa: F401  the job that moves withdrawn pictures
from .privacy import retention
from .share_cards import store


@app.periodic(cron="*/5 * * * *")
@app.task(name="chapter.retry_stalled", queueing_lock="chapter.retry_stalled", pass_context=True)
async def retry_stalled(context, timestamp):
    """Requeue jobs whose worker has sent no heartbeat for a minute."""
    for job in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60):
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="*/5 * * * *")
@app.task(name="chapter.forget_unfinished", queueing_lock="chapter.forget_unfinished")
def forget_unfinished(timestamp):
    """Delete sessions, codes and mails that were begun and not finished."""
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
