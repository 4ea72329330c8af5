"""gunicorn's settings for live boards: `gunicorn -c python:otg_site.gunicorn_live otg_site.asgi`.

Streams stay open, so a worker is never begun anew by itself: all its viewers would have to come back at once.
"""

import gc
import os

from .gunicorn import bind, control_socket_disable, forwarded_allow_ips, worker_tmp_dir

__all__ = ["bind", "control_socket_disable", "forwarded_allow_ips", "worker_tmp_dir"]

worker_class = "asgi"
workers = int(os.environ.get("LIVE_WORKERS", "1"))
worker_connections = 2000
# Open streams never end by themselves: whoever stops the site would wait for as long as this.
graceful_timeout = 3
# Django has no start or end to be told of, and says so with an error.
asgi_lifespan = "off"


def post_worker_init(worker):
    """What is loaded now stays: the search for garbage need not go through it each time, and stop the streams for it."""
    gc.collect()
    gc.freeze()
