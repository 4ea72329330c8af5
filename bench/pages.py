"""How many pages a second two processes give, beside a bare Django under the same gunicorn."""

from . import load
from .server import Browser, Gunicorn

SECONDS, LONG_SECONDS = 5, 60
GOAL_RATIO, GOAL_SLOWEST_MS = 0.5, 500


def measure(port, *, long):
    """Rows of the report: each page from the store and drawn anew, as a part of bare Django; a minute of full load."""
    bare = _bare(port)
    yield {"what": "bare Django", "per second": round(bare), "ratio": 1.0}
    addresses = _addresses()
    warm = _of_the_site(port, addresses, PAGE_CACHE="True")
    cold = _of_the_site(port, addresses, PAGE_CACHE="False")
    for name in addresses:
        ratio = warm[name].per_second / bare
        yield {
            "what": f"{name}, kept", "per second": round(warm[name].per_second), "ratio": ratio,
            "p99 ms": warm[name].p99_ms, "failed": warm[name].failed, "goal": f"≥ {GOAL_RATIO}", "met": ratio >= GOAL_RATIO,
        }  # fmt: skip
        yield {
            "what": f"{name}, drawn anew", "per second": round(cold[name].per_second),
            "ratio": cold[name].per_second / bare, "p99 ms": cold[name].p99_ms, "failed": cold[name].failed,
        }  # fmt: skip
    yield _a_long_time(port, addresses["event list"], seconds=LONG_SECONDS if long else SECONDS)


def _bare(port):
    with Gunicorn("bench.bare", "bench.bare", port):
        return load.ask(port, "/", seconds=SECONDS).per_second


def _addresses():
    from blog.models import Post
    from events.models import Event
    from microactions.models import Microaction

    return {
        "home": "/nb/",
        "event list": "/nb/events/",
        "event": f"/nb/events/{Event.objects.upcoming().first().slug}/",
        "wall": "/nb/microactions/",
        "microaction": f"/nb/microactions/{Microaction.objects.public().first().pk}/",
        "blog": "/nb/blog/",
        "post": f"/nb/blog/{Post.objects.published().filter(language='nb').first().slug}/",
        "principles": "/nb/principles/",
    }


def _of_the_site(port, addresses, **environment):
    with Gunicorn("otg_site.gunicorn", "otg_site.wsgi", port, **environment):
        found = {}
        for name, path in addresses.items():
            for _ in range(20):
                Browser(port).get(path)
            found[name] = load.ask(port, path, seconds=SECONDS)
        return found


def _a_long_time(port, path, *, seconds):
    with Gunicorn("otg_site.gunicorn", "otg_site.wsgi", port):
        Browser(port).get(path)
        found = load.ask(port, path, seconds=seconds)
    return {
        "what": f"slowest answer in {seconds} s of full load", "per second": round(found.per_second),
        "p99 ms": found.p99_ms, "slowest ms": found.slowest_ms, "failed": found.failed,
        "goal": f"≤ {GOAL_SLOWEST_MS} ms", "met": found.slowest_ms <= GOAL_SLOWEST_MS and not found.failed,
    }  # fmt: skip
