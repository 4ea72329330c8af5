"""The limits of time hold in every session, and can be lifted for as long as a release is prepared."""

import logging
import threading

import psycopg
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction

from otg_site.management.commands.prepare import LOCK
from otg_site.start import limits
from tests.live_server_process import test_database_url

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_session_that_asks_for_nothing_has_the_limits():
    with psycopg.connect(test_database_url()) as other:
        shown = [other.execute(f"SHOW {name}").fetchone()[0] for name in limits.LIMITS]
    assert shown == list(limits.LIMITS.values())


def test_storing_them_again_ends_no_session():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        before = cursor.fetchone()
        limits.store()
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() == before


def test_sessions_that_began_without_them_are_ended(caplog):
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER ROLE CURRENT_USER IN DATABASE "{connection.settings_dict["NAME"]}" RESET lock_timeout')
    connection.close()
    assert limits.missing() == ["lock_timeout"]
    with caplog.at_level(logging.WARNING):
        limits.say_if_missing().join()
    assert "lock_timeout: not set in the database" in caplog.text
    limits.store()
    assert limits.missing() == []


def test_while_a_release_is_prepared_nothing_takes_too_long():
    with connection.cursor() as cursor, transaction.atomic(), limits.lifted():
        cursor.execute("SET LOCAL statement_timeout = '1ms'")
        cursor.execute("SELECT pg_sleep(0.01)")
    with pytest.raises(OperationalError), connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET LOCAL statement_timeout = '1ms'")
        cursor.execute("SELECT pg_sleep(0.1)")


def test_a_second_prepare_waits_for_the_first():
    second = threading.Thread(target=_prepare)
    with psycopg.connect(test_database_url()) as first:
        first.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        second.start()
        while not first.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone():
            assert second.is_alive()
    second.join(60)
    assert not second.is_alive()


def _prepare():
    call_command("prepare", verbosity=0)
    connection.close()
