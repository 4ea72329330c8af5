"""What one page asks once: within a page that only reads, and nowhere else."""

import pytest

from chapter.models import Chapter
from chapter.prepared import once_a_page, reading
from chapter.web.middleware import ask_once_a_page
from events import rsvps
from tests.factories import make_event, make_member, make_rsvp

pytestmark = pytest.mark.django_db


def test_a_page_asks_once():
    asked = []
    ask = once_a_page(lambda what: asked.append(what) or len(asked))
    with reading():
        assert [ask("a"), ask("b"), ask("a")] == [1, 2, 1]
    assert asked == ["a", "b"]


def test_nothing_is_kept_for_the_next_page():
    found = []
    for name in ("Oslo", "Bergen"):
        Chapter.objects.update_or_create(pk=1, defaults={"name": name})
        with reading():
            found.append(Chapter.load().name)
    assert found == ["Oslo", "Bergen"]


def test_what_is_no_page_asks_each_time():
    Chapter.load()
    Chapter.objects.update(name="Bergen")
    assert Chapter.load().name == "Bergen"


@pytest.mark.parametrize(("method", "answers"), [("get", 1), ("head", 1), ("post", 2)])
def test_only_requests_that_change_nothing_ask_once(rf, method, answers):
    asked = []
    ask = once_a_page(lambda: asked.append(1))
    ask_once_a_page(lambda request: [ask(), ask()])(getattr(rf, method)("/"))
    assert len(asked) == answers


def test_a_page_that_breaks_off_leaves_nothing_behind(rf):
    ask = once_a_page(lambda: object())

    def breaks_off(request):
        ask()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_once_a_page(breaks_off)(rf.get("/"))
    assert ask() is not ask()


def test_two_readers_of_one_event_are_told_apart(rf):
    event, kari, ola = make_event(), make_member(), make_member()
    rows = [make_rsvp(event=event, member=member) for member in (kari, ola)]
    requests = [rf.get("/") for _ in rows]
    for request, member in zip(requests, (kari, ola), strict=True):
        request.user = member
    with reading():
        assert [rsvps.rsvp_of(request, event) for request in requests] == rows
