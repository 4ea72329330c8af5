"""Every page that anybody may read is kept, or says here why not; and what is kept depends on nothing but what it names."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chapter.page_cache import answers, tables
from chapter.page_cache.marking import params_of
from tests.everywhere.test_access import ROWS
from tests.factories import make_member

FORM, ONE_PERSON, DEMO, OWN_STORE = "a form", "one person's secret address", "the demo's", "drawn once, in files"
LIVE, TINY, WORDS = "live", "a line or two", "as many as there are words"
NOT_KEPT = {
    **dict.fromkeys(["account_login", "account_signup", "pledge", "propose", "photo_take_out"], FORM),
    **dict.fromkeys(["rsvp", "rsvp_stop", "access_need", "personal_feed", "proposal", "guest_comment"], ONE_PERSON),
    **dict.fromkeys(["following", "follow_stop", "follow_rsvp"], ONE_PERSON),
    **dict.fromkeys(["makker", "makker_invited", "makker_stop"], ONE_PERSON),
    **dict.fromkeys(["microaction_address", "microaction_ics", "microaction_manage", "microaction_stop"], ONE_PERSON),
    **dict.fromkeys(["demo_mail", "demo_mail_file", "demo_mail_html", "demo_mails"], DEMO),
    **dict.fromkeys(["event_card", "post_card", "site_card"], OWN_STORE),
    **dict.fromkeys(["board", "board_card", "board_mine", "board_screen", "board_shared"], LIVE),
    **dict.fromkeys(["board_activities", "board_activity", "board_cards"], LIVE),
    **dict.fromkeys(["board_sessions", "board_sessions_ics", "board_session", "board_session_ics"], LIVE),
    **dict.fromkeys(["healthz", "robots", "security", "account_inactive", "accent_css"], TINY),
    **dict.fromkeys(
        ["comment_sent", "makker_sent", "photo_gone", "pledge_sent", "propose_sent", "rsvp_sent"],
        "the answer to a form",
    ),
    "search": WORDS,
}
pytestmark = pytest.mark.django_db


class Noting(QueryDict):
    """A query that notes what is asked of it."""

    asked = set()

    def _note(self, key):
        self.asked.add(key)

    def __getitem__(self, key):
        self._note(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self._note(key)
        return super().__contains__(key)

    def getlist(self, key, default=None):
        self._note(key)
        return super().getlist(key, default)


def note_what_is_asked(get_response):
    def middleware(request):
        request.GET = Noting(request.META["QUERY_STRING"])
        return get_response(request)

    return middleware


@pytest.fixture
def reader():
    noting = f"{__name__}.{note_what_is_asked.__name__}"
    Noting.asked = set()
    with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, noting]):
        yield Client()


@pytest.mark.parametrize(("name", "arguments"), [row[:2] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_page_for_all_is_kept_and_says_what_it_reads(reader, name, arguments):
    path = reverse(name, kwargs=arguments(make_member()) if callable(arguments) else arguments)
    params = params_of(path)
    with CaptureQueriesContext(connection) as made:
        answer = reader.get(path)
    assert (params is not None) == (name not in NOT_KEPT) or answer.status_code != 200
    if params is None or answer.status_code != 200:
        return
    assert answers.is_shared(answer)
    assert Noting.asked - {"page"} <= params  # `page` is asked for on each: whether there is a further one
    assert tables.read_by(query["sql"] for query in made) & tables.QUIET == set()


def test_no_page_in_the_list_is_gone():
    assert NOT_KEPT.keys() - {row[0] for row in ROWS} == set()


def test_every_table_tells_or_is_quiet():
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    others = {"chapter_cache", "django_migrations"}
    assert tables.QUIET - ours == others
    with connection.cursor() as cursor:
        cursor.execute(tables.TELLING, [tables.TRIGGER])
        assert {name for name, _ in cursor.fetchall()} == ours - tables.QUIET
