"""The production road as far as it can be read: compose.yaml, Caddy's file, and the scripts in deploy/."""

import os
import re
import shutil
import subprocess

import pytest
import yaml
from django.conf import settings

from otg_site.front import bodies
from tests.otg_site.test_settings import COMPLETE, read

ROOT = settings.BASE_DIR
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
CADDYFILE = (ROOT / "deploy/caddy/Caddyfile").read_text("utf-8")
SCRIPTS = sorted(path for path in (ROOT / "deploy").iterdir() if path.is_file())
IMAGES = {"MiB": 1024 * 1024, "KiB": 1024}


def test_image_is_built_once_for_all_that_run_it():
    ours = [name for name, service in SERVICES.items() if service["image"] == "otg-site"]
    assert (len(ours), [name for name in ours if "build" in SERVICES[name]]) == (4, ["migrate"])


@pytest.mark.parametrize("name", SERVICES)
def test_log_of_each_service_is_bounded(name):
    assert SERVICES[name]["logging"]["options"] == {"max-size": "10m", "max-file": "5"}


def test_proxy_stays_when_what_is_behind_it_is_exchanged():
    assert "depends_on" not in SERVICES["caddy"]
    assert "./deploy/caddy:/etc/caddy:ro" in SERVICES["caddy"]["volumes"]


def test_proxy_takes_as_much_as_the_site():
    number, unit = re.search(r"max_size (\d+)(\w+)", CADDYFILE).groups()
    assert int(number) * IMAGES[unit] == bodies.MAX_BYTES


def test_pictures_and_pages_promise_https_for_as_long():
    said = re.search(r"\{\$HSTS:(.*?)\}", CADDYFILE)[1]
    assert read(COMPLETE, "HSTS", "SECURE_HSTS_SECONDS") == {"HSTS": said, "SECURE_HSTS_SECONDS": 31_536_000}


@pytest.mark.parametrize(("said", "sub_domains"), [("max-age=60", False), ("max-age=60; includeSubDomains", True)])
def test_sub_domains_are_for_the_chapter_to_choose(said, sub_domains):
    found = read({**COMPLETE, "HSTS": said}, "SECURE_HSTS_INCLUDE_SUBDOMAINS")
    assert found == {"SECURE_HSTS_INCLUDE_SUBDOMAINS": sub_domains}


def test_variables_that_compose_reads_are_explained():
    named = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text("utf-8")))
    explained = set(re.findall(r"^#?(\w+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    assert named - explained == set()


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_pass_shellcheck(script):
    done = subprocess.run(["shellcheck", "-x", script], capture_output=True, text=True, check=False)
    assert done.stdout == ""


def _caddy():
    """Caddy, if it is one that knows all of our file: Debian 12's does not."""
    found = shutil.which("caddy")
    version = subprocess.run([found, "version"], capture_output=True, text=True, check=False).stdout if found else ""
    number = re.search(r"(\d+)\.(\d+)", version)
    return found if number and tuple(map(int, number.groups())) >= (2, 8) else None


@pytest.mark.skipif(not _caddy(), reason="Caddy 2.8 or later is not installed")
def test_caddy_takes_its_file():
    command = [_caddy(), "validate", "--adapter", "caddyfile", "--config", ROOT / "deploy/caddy/Caddyfile"]
    environment = {**os.environ, "SITE_URL": "https://chapter.example.org"}
    assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
