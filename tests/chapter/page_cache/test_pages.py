"""What readers are given by a site that keeps pages: with real notices of the real database."""

import gzip
import os
import re
import signal
import threading
from contextlib import contextmanager
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.db import connection

from chapter.models import Chapter
from chapter.page_cache import answers, listener, tables
from microactions.models import Microaction
from tests.factories import make_event, make_member

from .reading import KeepingSite, queries, until

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/en/"
# A beat is waited for so long that it comes in time on a busy machine, too.
LONG = 30


@pytest.fixture(autouse=True)
def a_long_minute(monkeypatch):
    """No test here goes on from one minute to the next, at the end of which pages are drawn anew."""
    monkeypatch.setattr(answers, "MINUTE", 10**9)


@pytest.fixture(scope="module")
def the_site():
    site = KeepingSite()
    yield site
    site.cache.listener.stop()


@pytest.fixture
def site(the_site):
    # What the last test wrote, and what was put back after it, would drop pages of this one.
    the_site.catch_up()
    the_site.cache.store.drop_all()
    return the_site


@pytest.fixture
def reader(site):
    return site.reader()


def is_kept(reader, path=HOME, **headers):
    """Whether the second of two readings needs no query."""
    reader.get(path, headers=headers)
    return queries(lambda: reader.get(path, headers=headers))[1] == 0


def test_a_page_is_drawn_once(reader):
    first, second = reader.get(HOME), reader.get(HOME)
    assert (second.content, second.headers) == (first.content, first.headers)
    assert is_kept(reader)


def test_an_answer_has_all_headers_of_the_site(reader, client):
    kept, drawn = reader.get(HOME).headers, client.get(HOME).headers
    ours = {"ETag", "Vary", "Content-Length"}
    assert {name: kept[name] for name in kept if name not in ours} == {
        name: drawn[name] for name in drawn if name not in ours
    }
    assert "Accept-Encoding" in kept["Vary"]


@pytest.mark.parametrize(
    ("accepted", "encoding", "read"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
        ("brr", None, bytes),
    ],
)
def test_each_reader_has_the_encoding_they_take(reader, accepted, encoding, read):
    plain = reader.get(HOME).content
    for _ in range(2):
        answer = reader.get(HOME, headers={"accept-encoding": accepted})
        assert answer.headers.get("Content-Encoding") == encoding
        assert read(answer.content) == plain


def test_who_has_it_already_is_sent_no_content(reader):
    etag = reader.get(HOME).headers["ETag"]
    for condition in [etag, f'"other", {etag.removeprefix("W/")}', "*"]:
        again = reader.get(HOME, headers={"if-none-match": condition})
        assert (again.status_code, again.content) == (304, b"")
        assert "Content-Security-Policy" in again.headers and "Content-Type" not in again.headers
    assert reader.get(HOME, headers={"if-none-match": '"other"'}).status_code == 200


def test_what_a_304_needs_is_kept_with_it(reader):
    reader.get("/en/events/events.json")
    again = reader.get("/en/events/events.json", headers={"if-none-match": "*"})
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_a_first_reading_may_be_conditional(reader):
    etag = reader.get("/en/events/feed.ics").headers["ETag"]
    assert reader.get("/en/events/feed.ics", headers={"if-none-match": etag}).status_code == 304


def test_head_is_answered_from_the_store(reader):
    reader.get(HOME)
    answer, made = queries(lambda: reader.head(HOME))
    assert (answer.status_code, made) == (200, 0)


def test_a_page_that_was_first_asked_for_by_head_is_whole(reader):
    assert reader.head(HOME).content == b""
    answer, made = queries(lambda: reader.get(HOME))
    assert (made, b"</html>" in answer.content) == (0, True)


def test_parameters_that_no_view_reads_make_no_new_page(site, reader):
    plain = reader.get("/en/events/").content
    answer, made = queries(lambda: reader.get("/en/events/?fbclid=1&utm_source=x"))
    assert (answer.content, made) == (plain, 0)
    assert len(site.cache.store._kept) == 1


def test_parameters_that_the_view_reads_do(reader):
    make_event(kind="talk", title="A talk"), make_event(kind="workshop", title="A workshop")
    reader.get("/en/events/?kind=talk")
    assert b"A workshop" not in reader.get("/en/events/?kind=talk").content
    assert b"A workshop" in reader.get("/en/events/?kind=workshop").content


@pytest.mark.parametrize("query", ["kind=" + "x" * 600, "&".join(f"a{number}=1" for number in range(60)), "%ff=%00"])
def test_a_strange_query_is_answered_as_without_a_store(reader, query):
    assert reader.get(f"/en/events/?{query}").status_code in {200, 400}


@pytest.mark.parametrize("name", [settings.SESSION_COOKIE_NAME, "messages", "cheers", "posted", "anything"])
def test_a_reader_with_a_cookie_is_answered_by_the_database(site, reader, name):
    reader.get(HOME)
    reader.cookies[name] = "value"
    assert queries(lambda: reader.get(HOME))[1] > 0


def test_the_cookie_of_a_language_changes_nothing(reader):
    reader.get(HOME)
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"
    answer, made = queries(lambda: reader.get(HOME))
    assert made == 0 and answer.headers["Content-Language"] == "en"


def test_a_signed_in_member_is_not_shown_to_others(site):
    member = make_member(name="Kari Eksempel")
    signed_in = site.reader()
    signed_in.force_login(member)
    signed_in.get(HOME)
    assert b"Kari Eksempel" not in site.reader().get(HOME).content


@pytest.mark.parametrize(
    "path", ["/en/nothing/", "/en/events/nothing/", "/en/accounts/login/", "/healthz", "/", "/en/search/?q=a"]
)
def test_what_is_not_for_all_or_no_page_is_not_kept(site, reader, path):
    reader.get(path), reader.get(path)
    assert not site.cache.store._kept


def test_other_hosts_are_not_kept(site, reader):
    reader.get(HOME, headers={"host": "LOCALHOST"}), reader.get(HOME, headers={"host": "localhost:1"})
    assert not site.cache.store._kept
    assert reader.get(HOME, headers={"host": "evil.example.org"}).status_code == 400


def test_what_is_committed_is_soon_read_by_all(reader):
    reader.get(HOME)
    Chapter.objects.update(name="One Team Gov Elsewhere")
    until(lambda: b"One Team Gov Elsewhere" in reader.get(HOME).content)
    assert is_kept(reader)


def test_what_no_page_reads_leaves_the_pages(site, reader):
    reader.get("/en/principles/")
    Microaction.objects.filter(pk=0).update(what="")
    site.catch_up()
    assert queries(lambda: reader.get("/en/principles/"))[1] == 0


def test_who_posts_reads_from_the_database_for_a_minute(site):
    event = make_event(capacity=5)
    poster = site.reader()
    poster.get(event.get_absolute_url())
    sent = poster.post(f"/en/events/{event.slug}/rsvp/", {"name": "x"}, headers={"origin": settings.SITE_URL})
    assert (sent.status_code, sent.cookies["posted"]["max-age"]) == (200, 60)
    assert queries(lambda: poster.get(event.get_absolute_url()))[1] > 0


def test_nothing_is_served_once_the_notices_may_be_missed(site, reader):
    assert is_kept(reader)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query ~ 'tell_page_cache|LISTEN|pg_trigger' AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0]
    until(lambda: not site.cache.listener.is_alive())
    assert queries(lambda: reader.get(HOME))[1] > 0
    site.wait_until_alive()
    assert not site.cache.store._kept
    assert is_kept(reader)


def test_the_first_reader_of_a_process_waits_for_whoever_listens(monkeypatch):
    monkeypatch.setattr(listener, "PATIENCE_SECONDS", LONG)
    site = KeepingSite()
    try:
        assert is_kept(site.reader())
    finally:
        site.cache.listener.stop()


def test_a_beat_that_is_just_due_is_waited_for(site, reader, monkeypatch):
    monkeypatch.setattr(listener, "PATIENCE_SECONDS", LONG)
    until(lambda: site.cache.listener._patient_until - site.cache.listener._beat > LONG)
    assert is_kept(reader)
    with frozen(site) as go_on:
        until(lambda: not site.cache.listener._is_fresh())
        threading.Timer(0.05, go_on).start()
        assert queries(lambda: reader.get(HOME))[1] == 0
    monkeypatch.undo()
    until(lambda: site.cache.listener._patient_until - site.cache.listener._beat < LONG)


def test_a_late_beat_is_not_waited_for(site, reader):
    assert is_kept(reader)
    with frozen(site):
        until(lambda: not site.cache.listener.is_alive())
        assert queries(lambda: reader.get(HOME))[1] > 0
    site.wait_until_alive()


@contextmanager
def frozen(site):
    """PostgreSQL's process that the listener asks gets no time, as on a machine that is busy; until the end, or before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query ~ 'LISTEN|pg_trigger'"
            " AND pid <> pg_backend_pid()"
        )
        pids = [pid for (pid,) in cursor]
    assert pids

    def go_on():
        for pid in pids:
            os.kill(pid, signal.SIGCONT)

    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield go_on
    finally:
        go_on()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="how often a thread woke is known to Linux alone")
def test_who_listens_seldom_wakes(site):
    """Each time it stands in line for Python's lock: of many in a beat, some beats of a busy process come too late."""
    site.wait_until_alive()
    next_beat(site)
    before = wakes(site)
    next_beat(site), next_beat(site)
    assert wakes(site) - before <= 14


def next_beat(site):
    last = site.cache.listener._beat
    until(lambda: site.cache.listener._beat > last)


def wakes(site):
    status = Path(f"/proc/self/task/{site.cache.listener._thread.native_id}/status").read_text()
    return int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status, re.M)[1])


@pytest.fixture
def _triggers():
    yield
    tables.install()


@pytest.mark.usefixtures("_triggers")
def test_nothing_is_served_where_a_table_tells_nothing(site, reader):
    assert is_kept(reader)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER tell_page_cache ON blog_post")
    until(lambda: not site.cache.listener.is_alive())
    tables.install()
    site.wait_until_alive()


@pytest.mark.usefixtures("_triggers")
def test_a_table_put_in_place_of_another_drops_everything(site, reader):
    assert is_kept(reader)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE blog_byline RENAME TO old; CREATE TABLE blog_byline (LIKE old INCLUDING ALL)")
        cursor.execute(tables.MAKE.format("blog_byline"))
    try:
        until(lambda: not site.cache.store._kept)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE blog_byline; ALTER TABLE old RENAME TO blog_byline")
    site.wait_until_alive()
