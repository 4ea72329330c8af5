"""Whether a process hears what is changed, and that it says so when it does not."""

import asyncio

import pytest
from django.db import connection

from chapter import notices
from facilitation.live import listening

pytestmark = pytest.mark.django_db(transaction=True)


def said(caplog, monkeypatch):
    monkeypatch.setattr(listening, "TRIAL_SECONDS", 0.5)
    asyncio.run(listening.say_if_deaf())
    return [record.getMessage() for record in caplog.records if record.name == listening.__name__]


def test_what_is_heard_needs_no_word(caplog, monkeypatch):
    assert said(caplog, monkeypatch) == []


def test_what_is_not_heard_is_said_with_its_remedy(caplog, monkeypatch, settings):
    # Notices stay within a database, so this one is as deaf as a pooler.
    settings.LISTEN_DATABASE = {"NAME": "postgres"}
    (sentence,) = said(caplog, monkeypatch)
    assert sentence.startswith("A NOTIFY to ourselves did not arrive") and "set LISTEN_URL" in sentence


def test_a_database_that_is_away_stops_nothing(caplog, monkeypatch, settings):
    settings.LISTEN_DATABASE = {"HOST": "127.0.0.1", "PORT": "1"}
    (sentence,) = said(caplog, monkeypatch)
    assert sentence.startswith("Listening could not be tried")


def test_nothing_is_asked_for_at_the_start_of_a_connection_that_a_pooler_refuses():
    assert {"options", "prepare_threshold"} & {
        name for name, value in connection.get_connection_params().items() if value is not None
    } == set()


def test_the_direct_address_is_used_where_there_is_one(settings):
    settings.LISTEN_DATABASE = {"HOST": "db.example.org", "PORT": 5432, "PASSWORD": "direct"}
    found = notices.params()
    assert (found["host"], found["password"]) == ("db.example.org", "direct")
    assert found["dbname"] == connection.settings_dict["NAME"]
