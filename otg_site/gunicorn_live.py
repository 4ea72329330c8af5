"""gunicorn's settings for live boards: `gunicorn -c python:otg_site.gunicorn_live otg_site.asgi`.

No `max_requests`: a restarted worker would make all of its viewers reconnect at once.
"""

import os

from . import gunicorn
from .gunicorn import (
    asgi_lifespan,
    bind,
    child_exit,
    control_socket_disable,
    forwarded_allow_ips,
    logger_class,
    on_exit,
    preload_app,
    worker_class,
    worker_tmp_dir,
)

__all__ = [
    "asgi_lifespan",
    "bind",
    "child_exit",
    "control_socket_disable",
    "forwarded_allow_ips",
    "logger_class",
    "on_exit",
    "preload_app",
    "worker_class",
    "worker_tmp_dir",
]

workers = int(os.environ.get("LIVE_WORKERS", "1"))
worker_connections = 2000
# Open streams never end by themselves, so stopping always takes this long.
graceful_timeout = 3


def on_starting(server):
    # On a server only boards are drawn here: other templates would take 10 MB. The demo draws all pages here.
    gunicorn.on_starting(server, templates="" if os.environ.get("SITE_MODE") == "demo" else "facilitation")


def post_worker_init(worker):
    from facilitation.live import listening
    from otg_site.start import limits

    limits.say_if_missing()
    worker.first_task = worker.loop.create_task(listening.say_if_deaf())
