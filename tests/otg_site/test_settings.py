"""Production settings fail loudly, and say what to do; each case reads them in a process of its own."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.skipif(
    (settings.BASE_DIR / ".env").exists(), reason="the .env beside the code fills in what is left out here"
)
COMPLETE = {
    "SECRET_KEY": "a-long-random-secret-that-is-not-one-in-earnest",
    "SITE_URL": "https://chapter.example.org",
    "DATABASE_URL": "postgres://nobody@127.0.0.1/none",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "MAIL_FROM": "Chapter <hello@chapter.example.org>",
}
ASK = "import json, otg_site.settings as s; print(json.dumps({n: getattr(s, n) for n in NAMES}))"


def read(environment, *names):
    """What the settings with these names are, or the last line of the refusal."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "-c", f"NAMES = {names!r}; {ASK}"]
    done = subprocess.run(command, env={**inherited, **environment}, capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


def test_production_is_what_a_server_gets_without_asking():
    expected = {"DEBUG": False, "SESSION_COOKIE_SECURE": True, "SESSION_COOKIE_NAME": "__Host-session", "DEMO": False}
    assert read(COMPLETE, *expected) == expected


@pytest.mark.parametrize("name", COMPLETE)
def test_missing_variable_stops_the_start(name):
    rest = {key: value for key, value in COMPLETE.items() if key != name}
    assert f"{name} is not set. Copy .env.example to .env" in read(rest)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SITE_URL", "chapter.example.org", "Begin it with https://"),
        ("DATABASE_URL", "sqlite:///db", "must begin with postgres://"),
        ("SITE_MODE", "prod", "leave it out on a server"),
        ("DATABASE_URL", "postgres://otg:a/b@db/otg", "write it as %2F"),
        ("LISTEN_URL", "postgres://otg:a#b@db/otg", "write it as %23"),
        ("EMAIL_URL", "smtp+tls://otg:a?b@mail.example.org:587", "write it as %3F"),
        ("EMAIL_URL", "mailto:someone@example.org", "must begin with smtp+tls://"),
    ],
)
def test_wrong_variable_stops_the_start(name, value, said):
    assert said in read({**COMPLETE, name: value})
