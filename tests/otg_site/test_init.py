"""deploy/init: five questions, and an .env that Compose, the shell and the site read alike."""

import re
import shutil
import stat
import subprocess

import pytest
from django.conf import settings

from tests.otg_site.test_settings import read

PASSWORD = "på$$w/rd#\"é:%'@ x"
ANSWERS = [
    "kapittel.otg-nord.no",
    "One Team Gov Nord",
    "hei@otg-nord.no",
    "smtp.post.no",
    "us er@x",
    PASSWORD,
    "you@otg-nord.no",
]


@pytest.fixture
def site(tmp_path):
    (tmp_path / "deploy").mkdir()
    shutil.copy(settings.BASE_DIR / "deploy/init", tmp_path / "deploy/init")
    shutil.copy(settings.BASE_DIR / ".env.example", tmp_path / ".env.example")
    return tmp_path


def init(site, answers=ANSWERS, **environment):
    command = ["sh", site / "deploy/init"]
    said = "".join(f"{answer}\n" for answer in answers)
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **environment}
    return subprocess.run(command, input=said, env=environment, capture_output=True, text=True, check=False)


def written(site):
    lines = (site / ".env").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))


def test_answers_arrive_at_the_site(site):
    assert init(site).returncode == 0
    names = ("SITE_URL", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS")
    found = read(written(site), *names, "DEFAULT_FROM_EMAIL", "MAIL_ADMINS")
    assert list(found.values()) == [
        "https://kapittel.otg-nord.no",
        *("smtp.post.no", 587, "us er@x", PASSWORD, True),
        "One Team Gov Nord <hei@otg-nord.no>",
        ["you@otg-nord.no"],
    ]


def test_nothing_in_it_is_special_to_compose_or_an_address(site):
    init(site)
    found = written(site)
    assert found["DATABASE_URL"] == f"postgres://otg:{found['POSTGRES_PASSWORD']}@db:5432/otg"
    assert re.fullmatch(r"[A-Za-z0-9]{32}", found["POSTGRES_PASSWORD"])
    assert [name for name, value in found.items() if re.search(r"[$\"'`\\#]", value)] == []


def test_each_server_gets_secrets_of_its_own(site):
    init(site)
    first = written(site)
    (site / ".env").unlink()
    init(site)
    second = written(site)
    assert [name for name in ("SECRET_KEY", "POSTGRES_PASSWORD") if first[name] == second[name]] == []


def test_only_its_owner_may_read_it(site):
    init(site)
    assert stat.S_IMODE((site / ".env").stat().st_mode) == 0o600


def test_what_is_there_is_not_written_over(site):
    (site / ".env").write_text("SECRET_KEY=in-use\n")
    done = init(site)
    assert (done.returncode, (site / ".env").read_text()) == (1, "SECRET_KEY=in-use\n")
    assert "There is an .env already" in done.stderr


def test_what_does_not_fit_is_asked_for_again(site):
    done = init(site, ["chapter", "https://kapittel.otg-nord.no/", 'A "name"', "One Team Gov Nord", *ANSWERS[2:]])
    assert (done.returncode, written(site)["SITE_URL"]) == (0, "https://kapittel.otg-nord.no")
    assert "A name with a dot in it" in done.stderr


def test_who_gives_up_leaves_nothing_behind(site):
    assert init(site, ANSWERS[:3]).returncode == 1
    assert sorted(path.name for path in site.iterdir()) == [".env.example", "deploy"]


def test_other_names_are_not_promised_https(site):
    init(site)
    assert "HSTS" not in written(site)
    found = read(written(site), "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    assert set(found.values()) == {False}


def test_port_says_how_tls_begins(site):
    init(site, [*ANSWERS[:3], "smtp.post.no:465", *ANSWERS[4:]])
    assert written(site)["EMAIL_URL"].startswith("smtp+ssl://")


def test_server_without_docker_listens_to_itself(site):
    init(site, PLAIN="1", HOST="of-the-shell")
    found = written(site)
    assert (found["HOST"], "@127.0.0.1:5432/" in found["DATABASE_URL"]) == ("127.0.0.1", True)


def test_shell_has_no_say(site):
    init(site, HOST="of-the-shell", SECRET_KEY="of-the-shell")
    assert "of-the-shell" not in (site / ".env").read_text()
