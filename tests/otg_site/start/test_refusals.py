"""Where PostgreSQL refuses, `prepare` says in a sentence what somebody can do."""

import secrets
from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from otg_site.start import refusals
from tests.live_server_process import test_database_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server():
    with psycopg.connect(test_database_url(), autocommit=True) as server:
        yield server


@pytest.fixture
def role(server):
    """A role that may do nothing, and its empty database; it is superuser of neither."""
    name, password = f"otg-{secrets.token_hex(4)}", secrets.token_hex(8)
    server.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(name), sql.Literal(password)))
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield {"USER": name, "PASSWORD": password}
    server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    server.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
    server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


@contextmanager
def connected(**how):
    kept = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(how)
    yield
    connection.close()
    connection.settings_dict.clear()
    connection.settings_dict.update(kept)


def said(**how):
    with connected(**how), pytest.raises(CommandError) as refused:
        call_command("prepare", verbosity=0)
    return str(refused.value)


def test_a_role_that_may_make_no_tables(role):
    sentence = said(**role, NAME=role["USER"])
    assert "(permission denied for schema public)" in sentence
    assert f'GRANT USAGE, CREATE ON SCHEMA public TO "{role["USER"]}";' in sentence


def test_tables_of_another_role(role):
    assert f'REASSIGN OWNED BY that_role TO "{role["USER"]}";' in said(**role)


def test_a_role_that_takes_another_and_may_not_keep_its_limits(server, role):
    name = sql.Identifier(role["USER"])
    server.execute(sql.SQL("ALTER ROLE {} SET role = pg_monitor").format(name))
    server.execute(sql.SQL("GRANT pg_monitor TO {}").format(name))
    assert f'ALTER ROLE "{role["USER"]}" IN DATABASE' in (sentence := said(**role))
    assert "SET lock_timeout = '3s';" in sentence


def test_what_is_advised_helps(server, role):
    with connected(**role, NAME=role["USER"]):
        with psycopg.connect(test_database_url(), dbname=role["USER"], autocommit=True) as administrator:
            administrator.execute(
                sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(sql.Identifier(role["USER"]))
            )
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE made (id integer)")


@pytest.mark.parametrize(
    "wrong", [{"NAME": "no-such-database"}, {"USER": "no-such-role"}, {"PORT": "9", "HOST": "127.0.0.1"}]
)
def test_a_database_that_lets_nobody_in(wrong):
    sentence = said(**wrong)
    assert ("refuses us (" in sentence, "\n" in sentence) == (True, False)


def test_a_database_of_another_encoding(server, role):
    name = sql.Identifier(role["USER"])
    server.execute(sql.SQL("DROP DATABASE {}").format(name))
    server.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0").format(name, name)
    )
    with (
        connected(**role, NAME=role["USER"]),
        pytest.raises(CommandError, match="ENCODING 'UTF8'"),
        refusals.explained(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT %s::text", ["日"])


def test_a_database_that_cannot_be_written_to(server, role):
    name = sql.Identifier(role["USER"])
    server.execute(sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(name))
    assert "Give the address of the primary server." in said(**role)
