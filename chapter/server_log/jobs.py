"""How a job remembers the request that asked for it.

The name of the request stands in the job's `queueing_lock`, before a slash: procrastinate reads that column only to keep
two equal ones from waiting, and what follows the slash is never equal. So the tasks keep their arguments, and a worker of
another release runs these jobs as well. What PostgreSQL queues itself (`chapter_post`) reads the name from `site.request`.
See docs/decisions/0046-a-job-remembers-its-request.md.
"""

from uuid import uuid4

from procrastinate.manager import JobManager

from . import request_name


def carry_requests(app) -> None:
    """procrastinate's PROCRASTINATE_ON_APP_READY."""
    app.job_manager = NamingManager(app.connector)
    app.worker_defaults["worker_middleware"] = [under_its_request]


class NamingManager(JobManager):
    def batch_defer_jobs(self, jobs, connection=None):
        return super().batch_defer_jobs(list(map(_named, jobs)), connection)

    async def batch_defer_jobs_async(self, jobs, connection=None):
        return await super().batch_defer_jobs_async(list(map(_named, jobs)), connection)


def _named(job):
    name = request_name.current()
    # A lock that a task has of its own is meant as one.
    return job.evolve(queueing_lock=f"{name}/{uuid4().hex}") if name and not job.queueing_lock else job


async def under_its_request(call_next, context, worker):
    with request_name.at_work(context.job.id, lock=context.job.queueing_lock):
        return await call_next()
