"""gunicorn's settings for the pages: `gunicorn -c python:otg_site.gunicorn otg_site.wsgi`."""

import gc
import os
import shutil
import tempfile

from gunicorn import glogging

from chapter import server_log

# The server's own lines name addresses of requests, too.
server_log.install()
bind = f"{os.environ.get('HOST', '0.0.0.0')}:{os.environ.get('PORT', '8000')}"  # noqa: S104 (a proxy or a container is in front)
worker_class = "otg_site.front.worker.Worker"
workers = int(os.environ.get("WEB_WORKERS", "2"))
# Pages that are made at the same time in each process.
threads = 4
timeout = 30
graceful_timeout = 10
# Django does not speak the lifespan protocol and raises on it.
asgi_lifespan = "off"
# Loaded once and shared by the processes, and before the port is opened: whoever knocks at one that is not ready yet is
# refused at once, so that a proxy tries the next.
preload_app = True
# Restart workers now and then against leaks; the jitter keeps two from doing it at once. Far apart: a new one has read
# nothing yet, and two processes answer some thousand kept pages a second.
max_requests = 1_000_000
max_requests_jitter = 500_000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 (heartbeats belong in memory)
control_socket_disable = True
# Where each process counts for /metrics, if it does: in memory, the server's own, and gone with it.
_counts = tempfile.mkdtemp(prefix="counts-", dir=worker_tmp_dir) if os.environ.get("METRICS_TOKEN") else ""
if _counts:
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", _counts)
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")


class logger_class(glogging.Logger):  # the name that gunicorn reads
    """Its own few lines, as JSON where the site's are."""

    def setup(self, cfg):
        super().setup(cfg)
        if os.environ.get("LOG_FORMAT") == "json":
            for handler in self.error_log.handlers:
                handler.setFormatter(server_log.JsonLine())


def freeze():
    """Let the collector of garbage walk no more over what is loaded: it would in the middle of every other page."""
    gc.collect()
    gc.freeze()


def on_starting(_server, *, templates=""):
    from django.db import connections

    from otg_site import first_pages

    first_pages.load(folder=templates)
    # Processes that are forked must not share one.
    connections.close_all()
    freeze()


def post_worker_init(_worker):
    from otg_site.start import limits

    limits.say_if_missing()


def child_exit(_server, worker):
    from otg_site import metrics

    metrics.forget_process(worker.pid)


def on_exit(_server):
    if _counts:
        shutil.rmtree(_counts, ignore_errors=True)
