"""A statement that takes long is in the log, and what it was asked with is not."""

import logging

import pytest
from django.db import DataError, connections
from django.db.utils import load_backend
from psycopg import sql

from tests.otg_site.test_settings import COMPLETE, read

pytestmark = pytest.mark.django_db
ENGINE = "chapter.slow_queries"


@pytest.fixture
def watched(settings, caplog):
    """A connection as production has it, at which everything is slow."""
    settings.SLOW_QUERY_MS = 0
    own = {**connections["default"].settings_dict, "ENGINE": ENGINE}
    connection = load_backend(ENGINE).DatabaseWrapper(own)
    caplog.set_level(logging.WARNING, logger=ENGINE)
    with connection.cursor() as cursor:
        caplog.clear()
        yield cursor
    connection.close()


def test_statement_is_logged_without_its_values(watched, caplog):
    watched.execute("SELECT %s,\n    1", ["canary"])
    assert [record.getMessage().partition(" ms: ")[2] for record in caplog.records] == ["SELECT %s, 1"]


def test_statement_that_fails_is_logged_too(watched, caplog):
    with pytest.raises(DataError):
        watched.execute("SELECT 1 / %s", [0])
    assert caplog.messages[0].endswith("ms: SELECT 1 / %s")


def test_what_is_composed_of_values_is_not_quoted(watched, caplog):
    watched.execute(sql.SQL("SELECT {}").format(sql.Literal("canary")))
    assert caplog.messages[0].endswith("ms: Composed")


def test_what_is_fast_is_not_logged(watched, caplog, settings):
    settings.SLOW_QUERY_MS = 60_000
    watched.execute("SELECT 1")
    assert caplog.messages == []


@pytest.mark.parametrize(("said", "milliseconds"), [({}, 1000), ({"SLOW_QUERY_MS": "0"}, 0)])
def test_production_watches_unless_told_otherwise(said, milliseconds):
    found = read({**COMPLETE, **said}, "SLOW_QUERY_MS", "DATABASES")
    is_watched = found["DATABASES"]["default"]["ENGINE"] == ENGINE
    assert (found["SLOW_QUERY_MS"], is_watched) == (milliseconds, bool(milliseconds))
