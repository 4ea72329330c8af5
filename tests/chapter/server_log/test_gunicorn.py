"""The log of real servers, at their most talkative, for requests that are well, broken and hostile. No database is there."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

TOKEN = "q7Zr-x_0aVbL2mNc8TfQpWyE5sJhKdGu"
LINK = f"/nb/events/rsvp/{TOKEN}/"
FORM = "Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://127.0.0.1\r\n"
REQUESTS = [
    f"GET {LINK} HTTP/1.1\r\n\r\n",
    f"GET /nb/search/?q=canary%40example.org&t={TOKEN} HTTP/1.1\r\nReferer: http://127.0.0.1{LINK}\r\n\r\n",
    f"GET {LINK} HTTP/9.1\r\n\r\n",
    f"GET {LINK} HTTP/1.1\r\nno header canary@example.org\r\n\r\n",
    f"GET {LINK} HTTP/1.1\r\nHost: canary@example.org\r\n\r\n",
    f"GET {LINK}\x00 HTTP/1.1\r\n\r\n",
    f"POST {LINK} HTTP/1.1\r\n{FORM}Content-Length: 5000\r\n\r\nemail=canary@example.org",
    f"POST {LINK} HTTP/1.1\r\nOrigin: https://evil.example\r\nContent-Length: 3\r\n\r\na=b",
    f"POST {LINK} HTTP/1.1\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\na=b",
    f"\x16\x03\x01 canary@example.org {LINK}\r\n\r\n",
]
SERVERS = {"pages": ("otg_site.gunicorn", "otg_site.wsgi"), "live": ("otg_site.gunicorn_live", "otg_site.asgi")}


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serve(port, tmp_path):
    """Start a server whose log goes to a file; it ends with the test."""
    started = []

    def start(config, application, options=("--access-logfile", "-"), **more):
        log = tmp_path / "log"
        environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            **{
                "SITE_MODE": "test",
                "SECRET_KEY": secrets.token_urlsafe(50),
                "LOG_LEVEL": "DEBUG",
                "WEB_WORKERS": "1",
            },
            **{"HOST": "127.0.0.1", "PORT": str(port), "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none"},
            **more,
        }
        command = [sys.executable, "-m", "gunicorn", "--log-level", "debug", *options]
        with log.open("wb") as file:
            started.append(
                subprocess.Popen(
                    [*command, "-c", f"python:{config}", application],
                    cwd=settings.BASE_DIR,
                    env=environment,
                    stdout=file,
                    stderr=file,
                    start_new_session=True,
                )
            )
        wait_for(port)
        return log

    yield start
    for process in started:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def wait_for(port):
    """Until somebody answers there."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if b"ok" in ask(port, "GET /healthz HTTP/1.1\r\n\r\n"):
            return
        time.sleep(0.2)


def ask(port, request):
    """What comes back, after we have said all that we will ever say."""
    head, _, body = request.partition("\r\n")
    host = "" if "Host:" in request else "Host: 127.0.0.1\r\n"
    answer = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as sock:
            sock.sendall(f"{head}\r\n{host}Connection: close\r\n{body}".encode("latin-1"))
            sock.shutdown(socket.SHUT_WR)
            while part := sock.recv(10_000):
                answer += part
    except OSError:
        pass
    return answer


@pytest.mark.parametrize("server", SERVERS)
def test_a_real_server_names_nobody(serve, port, server):
    log = serve(*SERVERS[server])
    for request in REQUESTS:
        ask(port, request)
    text = log.read_text()
    # Each was logged, and none with what it held.
    assert text.count("/nb/events/rsvp/…") >= 5
    assert [word for word in (TOKEN, "canary@", "canary%40") if word in text] == []


@pytest.mark.parametrize("server", SERVERS)
def test_all_of_it_is_json_where_the_site_is_told_to(serve, port, server):
    log = serve(*SERVERS[server], options=(), LOG_FORMAT="json")
    ask(port, REQUESTS[0])
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {"gunicorn.error", "django.request"} <= {line["logger"] for line in lines}
