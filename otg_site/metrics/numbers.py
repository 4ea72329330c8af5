"""What is counted, and how it is written down. Imported only where METRICS_TOKEN is set: the package is an extra."""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client.metrics_core import GaugeMetricFamily

from ..health import State

REGISTRY = CollectorRegistry()
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Histogram(
    "site_request_seconds",
    "How long pages took to make, by the class of the answer; the wait for a slow sender is not in it.",
    ["answer"],
    buckets=SECONDS,
    registry=REGISTRY,
)
PAGE_STORE = Counter(
    "site_page_store", "Pages that are kept ready: whether one was there.", ["found"], registry=REGISTRY
)
STREAMS = Gauge("site_streams", "Open streams of live boards.", registry=REGISTRY, multiprocess_mode="livesum")
# Of the whole site, as /readyz?full has them.
OF_STATE = {
    "jobs_waiting": ("site_jobs_waiting", "Jobs that wait for a worker, and may run now."),
    "oldest_job_age": ("site_oldest_job_seconds", "For how long the oldest of them has waited."),
    "mails_waiting": ("site_mails_waiting", "Mails that wait, also for their next try."),
    "mails_failed": ("site_mails_failed", "Mails that were given up, in the last 14 days."),
    "mail_fails_for": ("site_mail_fails_seconds", "For how long the mail server has refused every mail."),
    "worker_age": ("site_worker_seen_seconds", "How long ago a worker was heard of."),
    "backup_age": ("site_backup_seconds", "The age of the last backup."),
}


class _OfState:
    def __init__(self, state):
        self._figures = state.figures()

    def collect(self):
        for key, (name, text) in OF_STATE.items():
            if (value := self._figures[key]) is not None:
                yield GaugeMetricFamily(name, text, value=value)


def written(state: State) -> bytes:
    """What this server counted, and the state of the site, in Prometheus's own form."""
    of_state = CollectorRegistry()
    of_state.register(_OfState(state))
    return generate_latest(_counted()) + generate_latest(of_state)


def _counted():
    """Added up over the processes, or of this one alone under a server that has not made the folder."""
    if not _is_shared():
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return registry


def forget_process(pid: int) -> None:
    if _is_shared():
        multiprocess.mark_process_dead(pid)


def _is_shared():
    return "PROMETHEUS_MULTIPROC_DIR" in os.environ
