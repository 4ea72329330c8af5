"""The database of a test run: copied from a template, and brought back after each test that commits.

All migrations together take longer than most test files, so what they make stays on the server as a template, named
after a digest of the migrations. What a test has committed is found by its traces: of every table the number of rows
and the youngest transaction that wrote one are remembered.
"""

import gc
import hashlib
import os
import re
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from chapter.page_cache import tables
from chapter.privacy import gone
from otg_site.start import limits

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "otg_tests_"
UNUSED = """
    SELECT datname FROM pg_database
    WHERE starts_with(datname, %s) AND datname NOT IN (SELECT datname FROM pg_stat_activity WHERE datname IS NOT NULL)
"""
# One process makes the template, the others wait for it.
LOCK = 20_210_914
IMPORT = re.compile(
    rf"^(?:import|from) ((?:{'|'.join(sorted(p.name for p in ROOT.iterdir() if p.is_dir()))})[\w.]*)", re.M
)

kept = {}  # name: {table: its rows, as COPY writes them}
traces = {}  # name: {table: its trace when it last held those rows}


# The template


@contextmanager
def made_from_template():
    """The database of this process, a copy of the template; `migrate` runs on it all the same, and finds nothing to do."""
    name = f"{PREFIX}run_{os.getpid()}"
    with _connect() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        template = _template(server)
        # What runs that were killed have left; nobody is connected to it.
        for (old,) in server.execute(UNUSED, [f"{PREFIX}run_"]).fetchall():
            server.execute(f'DROP DATABASE "{old}"')
        connection.settings_dict["TEST"].update(NAME=name, TEMPLATE=template)
        connection.creation.create_test_db(verbosity=0, serialize=False)
        # They belong to the database, and so are not in the copy.
        limits.store()
        tables.install()
        gone.install()
        ours = _connect(dbname=name)
    yield
    connection.close()
    ours.close()
    with _connect() as server:
        # A thread of the live server may still be connected.
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _connect(**how):
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, **how)


def _template(server):
    """The name of the template, which is made first where it is missing."""
    name = f"{PREFIX}template_{_digest()}"
    found = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{PREFIX}template_"])
    found = {row[0] for row in found}
    if name not in found:
        for old in found:
            server.execute(f'DROP DATABASE "{old}"')
        _make_template(f"{name}_unfinished")
        server.execute(f'ALTER DATABASE "{name}_unfinished" RENAME TO "{name}"')
    return name


def _make_template(name):
    database, test = connection.settings_dict, connection.settings_dict["TEST"]
    before = database["NAME"], test["NAME"]
    test["NAME"] = name
    # Each migration makes models by the hundred, and the collector of garbage would walk over all of them.
    gc.disable()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    gc.enable()
    connection.close()
    database["NAME"], test["NAME"] = before
    settings.DATABASES["default"]["NAME"] = before[0]


def _digest():
    """Of the migrations, of our modules that they import, and of the packages that bring migrations of their own."""
    own = {Path(app.path) / "migrations" for app in apps.get_app_configs() if ROOT in Path(app.path).parents}
    files = {path for folder in own for path in folder.glob("*.py")}
    names = {name for path in files for name in IMPORT.findall(path.read_text("utf-8"))}
    files |= {Path(find_spec(name).origin) for name in names}
    files.add(ROOT / "tests/requirements.lock")
    found = hashlib.sha256()
    for path in sorted(files):
        found.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return found.hexdigest()[:16]


# Bringing it back


def keep(name):
    """Remember what every table holds now."""
    traces[name] = _traces()
    kept[name] = {table: _copied(table) for table, (number, _youngest) in traces[name].items() if number}


def restore(name):
    """Let every table hold what it held when `name` was kept. Only tables that have changed since are written."""
    now, then = _traces(), traces[name]
    # In the order of the foreign keys: what others point to comes last when rows go, and first when they come.
    changed = [table for table in _tables() if now[table] != then[table]]
    if not changed:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for table in reversed(changed):
            cursor.execute(f'DELETE FROM "{table}"')
        for table in changed:
            if table in kept[name]:
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(kept[name][table])
        # The deleting itself has been noted.
        cursor.execute("DELETE FROM chapter_gone")
    then.update(_traces(changed))


def _traces(tables=None):
    """{table: (number of rows, youngest transaction that wrote one)}; two equal traces mean equal rows."""
    one = "SELECT '{0}', count(*), max(xmin::text::bigint) FROM \"{0}\""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(table) for table in tables or _tables()))
        return {table: (number, youngest) for table, number, youngest in cursor.fetchall()}


@cache
def _tables():
    """All tables; those that foreign keys point to stand before those that they come from, except in circles."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        targets = {table: set() for (table,) in cursor.fetchall() if table != "django_migrations"}
        cursor.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
        )
        for table, target in cursor.fetchall():
            targets[table].add(target)
    seen, ordered = set(), []

    def visit(table):
        if table not in seen:
            seen.add(table)
            for target in sorted(targets[table]):
                visit(target)
            ordered.append(table)

    for table in sorted(targets):
        visit(table)
    return ordered


def _copied(table):
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(copy)
