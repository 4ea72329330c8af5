"""How much memory a whole chapter takes: `python -m bench.memory`, as root on Linux, with Caddy if it is installed.

PostgreSQL, the pages, the live process, the worker and Caddy run in a control group that kills what exceeds the limit,
while a hundred phones watch a board, ten visitors a second read, and four hosts upload photos at the same time.
Memory is counted as PSS: what processes share is counted once. Whoever makes the load stands outside the group.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ..server import ROOT, Gunicorn, free_port, temporary_site
from .group import Group, pss
from .load import HOSTS, STREAMS, Load, photos


@contextmanager
def caddy(port, web, live):
    """In front, with the file that production has; without it, the pages themselves."""
    if not shutil.which("caddy"):
        yield web
        return
    file = Path(os.environ["MEDIA_ROOT"]).parent / "Caddyfile"
    text = (ROOT / "deploy/caddy/Caddyfile").read_text()
    text = text.replace("web:8000", f"127.0.0.1:{web}").replace("live:8000", f"127.0.0.1:{live}")
    text = text.replace("/srv/media", os.environ["MEDIA_ROOT"]).replace("{\n", "{\n\tadmin off\n", 1)
    # Which the Caddy of Debian 12 does not know yet.
    file.write_text(text.replace("request_buffers 256KB", ""))
    command = ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"]
    environment = {**os.environ, "SITE_URL": f"http://127.0.0.1:{port}"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    time.sleep(2)
    if process.poll() is not None:
        sys.exit("Caddy did not start.")
    try:
        yield port
    finally:
        # It would wait for streams to end.
        process.kill()
        process.wait(20)


@contextmanager
def worker():
    command = [sys.executable, "manage.py", "procrastinate", "worker"]
    process = subprocess.Popen(command, cwd=ROOT)  # noqa: S603
    try:
        yield
    finally:
        process.terminate()
        process.wait(70)


def main():
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__.partition("\n")[0])
    parser.add_argument("--limit", type=int, default=1024, help="megabytes of the control group")
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    group, port, web, live = Group(options.limit), free_port(), free_port(), free_port()
    temporary_site(within=group.entered(), SITE_URL=f"http://127.0.0.1:{port}", LOG_LEVEL="ERROR", PROXY_COUNT="1")
    hosts, board, event = _people()
    with _started(group, port, web, live) as front:
        time.sleep(20)
        idle = pss(group)
        with Load(front, board, event, hosts) as load:
            peak = _highest(group, options.seconds)
        _report(group, idle, peak, load.statuses, options.limit)
    return 1 if group.kills() else 0


def _highest(group, seconds):
    """Megabytes by service when all together had most."""
    peak, ends = Counter(), time.monotonic() + seconds
    while time.monotonic() < ends:
        peak = max(peak, pss(group), key=Counter.total)
        time.sleep(0.5)
    return peak


def _report(group, idle, peak, statuses, limit):
    for name in sorted(idle):
        print(f"{name:10}{idle[name]:8.0f} MB idle{peak[name]:8.0f} MB under load")
    print(f"{'all':10}{idle.total():8.0f} MB idle{peak.total():8.0f} MB under load")
    print(
        f"{group.peak_megabytes():.0f} MB of {limit} with files; killed: {group.kills()}; {dict(statuses)}",
        flush=True,
    )


@contextmanager
def _started(group, port, web, live):
    with ExitStack() as services:
        with group.entered():
            services.enter_context(Gunicorn("otg_site.gunicorn", "otg_site.wsgi", web))
            services.enter_context(Gunicorn("otg_site.gunicorn_live", "otg_site.asgi", live))
            services.enter_context(worker())
            front = services.enter_context(caddy(port, web, live))
        yield front


def _people():
    from chapter.models import Member
    from events.models import Event
    from facilitation.table import boards, joining

    from ..people import members, session_of

    event = Event.objects.past().order_by("-pk").first()
    hosts = members(HOSTS)
    event.hosts.add(*hosts)
    Member.objects.filter(pk__in=[one.pk for one in hosts]).update(is_organiser=True)
    board = boards.open_board(Event.objects.upcoming().first())
    for number in range(STREAMS):
        joining.join(board, nickname=f"Person {number}")
    return list(zip(map(session_of, hosts), photos(), strict=True)), board, event


if __name__ == "__main__":
    sys.exit(main())
