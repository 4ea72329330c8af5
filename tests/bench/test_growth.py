"""What PostgreSQL does for each page when the tables are big: it reads no table from end to end, and sorts no list.

The tables are filled by SQL, and each query that a page asks is explained. Which plan is chosen depends on the sizes,
so they are such that a wrong one is dearer than the right one by far.
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import places, rows
from chapter.models import Member

SIZE = rows.Size(events=20_000, upcoming=500, rsvps=20_000, microactions=20_000, posts=6_000)
BIG = 5_000
# The rows of a page, or of a section of the sitemap.
MOST_SORTED = 600
# Lists of one kind of thing that a person reads or chooses from, whole: their lengths do not grow with the years.
SHORT = {
    "door_state": "the people of one meetup",
    "event_attendees": "the people of one meetup",
    "event_figures": "the meetups of a year, which are added up by month",
    "event_edit": "the members, of whom hosts are chosen",
    "members": "the members",
    "search": "what the index of words has found, of which the newest are ranked",
}
# Which members have acted is read from the log, which forgets. The figures of a year read what is of that year: here all.
READ_WHOLE = {
    ("organise_log", "chapter_auditentry"),
    ("event_figures", "events_event"),
    ("event_figures", "microactions_microaction"),
}


@pytest.fixture
def filled(db):
    rows.fill(SIZE)


def test_no_page_reads_a_big_table_or_sorts_a_long_list(filled):
    visitor, organiser = Client(), Client()
    organiser.force_login(Member.objects.get(email="member1@example.org"))
    asked = [(visitor, *place) for place in places.everybody()]
    asked += [(organiser, *place) for place in places.organisers()]
    big, found = _big_tables(), []
    for client, name, args, query in asked:
        for sql, plan in _plans(reverse(name, args=args) + query, client):
            found += [(name, query, fault, sql) for fault in _faults(name, plan, big)]
    assert found == []


def _big_tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [BIG])
        return {name for (name,) in cursor.fetchall()}


def _plans(path, client):
    """(query, its plan), each planned under the settings that the page made before it."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    asked = [query["sql"].replace("%", "%%") for query in queries.captured_queries]
    with connection.cursor() as cursor:
        # A test is one transaction, so what a page has set is still there.
        _forget_settings(cursor, asked)
        for sql in asked:
            if sql.startswith("SET LOCAL"):
                cursor.execute(sql)
            elif sql.lstrip("(").startswith("SELECT"):
                cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
                yield sql, cursor.fetchone()[0][0]["Plan"]
        _forget_settings(cursor, asked)


def _forget_settings(cursor, asked):
    for name in re.findall(r"SET LOCAL (\w+)", " ".join(asked)):
        cursor.execute(f"SET LOCAL {name} TO DEFAULT")


def _faults(name, plan, big):
    for node in _nodes(plan):
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in big - _read_whole(name):
            yield f"reads all of {node['Relation Name']}"
        if node["Node Type"] == "Sort" and name not in SHORT and node["Plans"][0]["Plan Rows"] > MOST_SORTED:
            yield f"sorts {node['Plans'][0]['Plan Rows']} rows"
        if name == "search" and node["Node Type"] in ("Hash Join", "Merge Join", "Gather", "Gather Merge"):
            yield f"a {node['Node Type']}, where a row at a time is quicker"


def _read_whole(name):
    return {table for page, table in READ_WHOLE if page == name}


def _nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


@pytest.mark.django_db
def test_no_search_reads_words_that_were_put_aside():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reloptions FROM pg_class JOIN pg_am ON pg_am.oid = relam "
            "WHERE amname = 'gin' AND relnamespace = current_schema()::regnamespace"
        )
        found = dict(cursor.fetchall())
    assert found.keys() >= {"events_eventwording_search", "blog_post_search", "microactions_microaction_search"}
    assert {name for name, options in found.items() if "fastupdate=off" not in (options or ())} == set()
