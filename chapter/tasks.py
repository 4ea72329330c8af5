"""Jobs of the ground floor: sending mail, taking up jobs of a worker that died, tidying."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import mail, retention, withdrawing

# Eleven tries, the last a day after the first: a mail server may be down for a night.
PATIENCE = RetryStrategy(max_attempts=10, exponential_wait=3)


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
    """Every night: delete what has been kept long enough, and note it where organisers see it. Raises what went wrong."""
    retention.raise_errors(retention.run())
