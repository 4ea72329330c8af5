"""The demo: embedded PostgreSQL, the demo chapter, the site and a worker, until Ctrl-C.

`python -m otg_site.demo` runs it, `python -m otg_site.demo reset` throws its data away. Needs SITE_MODE=demo.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from .. import postgres

ROOT = Path(__file__).resolve().parent.parent.parent
PORT = os.environ.get("PORT", "8000")
ADDRESS = f"http://localhost:{PORT}"
PATIENCE_SECONDS = 30

WELCOME = """
  The chapter is open:   {address}/

  Sign in as a member:     {address}/en/accounts/login/   kari@example.org
  … or as an organiser:    {address}/en/accounts/login/   ola@example.org
  No password: a code is mailed, and the demo's mails are read at {address}/demo/mail/
  A Lean Coffee board, best in two windows; an organiser who joins leads:  {address}/b/kaffe2

  Ctrl-C stops it and keeps what you did; `make reset` begins anew.
"""


def main():
    if sys.argv[1:] == ["reset"]:
        return reset()
    _refuse_taken_port()
    os.environ.setdefault("DATABASE_URL", "")
    os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"] or postgres.start()
    prepare()
    processes = _start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        _wait_until_it_answers(processes)
        print(WELCOME.format(address=ADDRESS), flush=True)
        _watch(processes)
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
    finally:
        _stop(processes)
    return 0


def reset():
    """Delete the demo's database, mails and pictures, unless it runs; a database of DATABASE_URL stays."""
    if postgres.is_running():
        sys.exit("The demo is running: stop it first (Ctrl-C where it was started).")
    for folder in (postgres.DATA, ROOT / "var", ROOT / "media"):
        shutil.rmtree(folder, ignore_errors=True)
    print("The demo's data is gone. `make demo` begins anew.")
    return 0


def _refuse_taken_port():
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", int(PORT))) == 0:
            sys.exit(f"Port {PORT} is in use. Stop what runs there, or choose another: make demo PORT=8001")


def prepare():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otg_site.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("prepare", verbosity=0)
    call_command("load_demo", verbosity=0)
    if _static_is_old():
        call_command("collectstatic", verbosity=0, interactive=False)


def _static_is_old():
    manifest = ROOT / "staticfiles" / "staticfiles.json"
    if not manifest.exists():
        return True
    sources = [ROOT / "requirements.lock", ROOT / "chapter/typeface/subset.py", *(ROOT / "static").rglob("*")]
    return max(path.stat().st_mtime for path in sources) > manifest.stat().st_mtime


def _start():
    commands = [
        [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            "python:otg_site.gunicorn_live",
            "--log-level",
            "warning",
            "otg_site.asgi",
        ],
        [sys.executable, "manage.py", "procrastinate", "worker"],
    ]
    # Without a proxy to split streams from pages, one ASGI server does both. Sessions of their own: Ctrl-C reaches
    # the processes through us alone.
    environment = {**os.environ, "HOST": "127.0.0.1", "LIVE_WORKERS": "2"}
    return [subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True) for command in commands]  # noqa: S603


def _wait_until_it_answers(processes):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        _stop_if_one_has_ended(processes)
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=1)
        except OSError:
            time.sleep(0.1)
    sys.exit("The site did not answer in time; the lines above say why.")


def _watch(processes):
    while True:
        _stop_if_one_has_ended(processes)
        time.sleep(0.5)


def _stop_if_one_has_ended(processes):
    if any(process.poll() is not None for process in processes):
        sys.exit("A part of the demo has ended; the lines above say why.")


def _stop(processes):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
