"""Jobs of the ground floor: sending mail, taking up jobs of a worker that died, tidying."""

from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import mail, privacy_register, withdrawing
from .models import RateHit

# Eleven tries, the last a day after the first: a mail server may be down for a night.
PATIENCE = RetryStrategy(max_attempts=10, exponential_wait=3)
KEEP_JOBS_HOURS = 14 * 24


@app.task(name="chapter.deliver", queue="mail", retry=PATIENCE)
def deliver(delivery_id):
    mail.send(delivery_id)


@app.task(name="chapter.move_withdrawn", retry=PATIENCE)
def move_withdrawn(image_id):
    withdrawing.move_files(image_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="chapter.retry_stalled", queueing_lock="chapter.retry_stalled", pass_context=True)
async def retry_stalled(context, timestamp):
    """Take up the jobs of workers that have given no sign of life for a minute."""
    for job in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60):
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(name="chapter.tidy", queueing_lock="chapter.tidy")
def tidy(timestamp):
    """Every night: clear sessions, counts and finished jobs, and forget what the privacy register says is old.

    Sessions go first, since the register forgets the addresses of those that are gone.
    """
    call_command("clearsessions")
    RateHit.objects.filter(expires_at__lt=timezone.now()).delete()
    async_to_sync(app.job_manager.delete_old_jobs)(nb_hours=KEEP_JOBS_HOURS, include_failed=True)
    privacy_register.expire()
