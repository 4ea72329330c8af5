"""Numbers for Prometheus, at /metrics: off unless METRICS_TOKEN is set, and then for whoever has the token.

Each process of a server counts in a file of its own, and whichever is asked adds them up (`otg_site/gunicorn.py` makes the
folder). `web` and `live` are two servers, so each is asked for what it answered; what stands in the database is the same
at both.
"""

from contextlib import nullcontext

from django.conf import settings


def open_stream():
    """The block in which a live board's stream is open."""
    if not settings.METRICS_TOKEN:
        return nullcontext()
    from . import numbers

    return numbers.STREAMS.track_inprogress()


def forget_process(pid: int) -> None:
    """A process has ended, and its open streams with it."""
    if settings.METRICS_TOKEN:
        from . import numbers

        numbers.forget_process(pid)
