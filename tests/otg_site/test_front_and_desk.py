"""What the front page and the organisers' desk show, and what must stay off them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from blog import panels as blog
from blog.models import Comment
from chapter.models import Chapter, Page
from chapter.wordings import adopt_wording
from events.models import Event, Rsvp
from events.planning import panels as planning
from events.rsvps import panels as rsvps
from microactions import panels as microactions
from microactions.models import Microaction
from otg_site.home import front_page
from tests.factories import (
    make_board,
    make_comment,
    make_event,
    make_member,
    make_microaction,
    make_organiser,
    make_post,
    make_rsvp,
)

pytestmark = pytest.mark.django_db


def days(number):
    return timedelta(days=number)


def rows_of(panel, name):
    """The rows of one panel of the desk."""
    return list((panel(None, None) or {}).get(name, ()))


def make_secrets():
    """One of everything that a visitor must not see, each with the word canary in it."""
    make_event(title="Canary draft", state=Event.State.DRAFT)
    make_post(title="Canary draft", is_draft=True)
    make_post(title="Canary tomorrow", published_at=timezone.now() + days(1))
    make_microaction(what="Canary for me", visibility=Microaction.Visibility.ME)
    make_microaction(what="Canary held", held=True)
    make_microaction(what="Canary pending", status=Microaction.Status.PENDING)
    make_microaction(what="Canary let go", status=Microaction.Status.LET_GO)
    make_microaction(what="Of a guest", member=None, email="canary@example.org")
    make_rsvp(event=make_event(), name="Canary Guest", email="canary@example.org")
    make_comment(post=make_post(), body="Canary comment", status=Comment.Status.HELD)


@pytest.mark.parametrize("path", ["", "events/", "microactions/", "blog/", "search/?q=canary"])
@pytest.mark.parametrize("who", ["visitor", "member"])
def test_public_pages_leak_nothing(client, path, who):
    make_secrets()
    if who == "member":
        client.force_login(make_member())
    page = client.get(f"/nb/{path}").content.decode().lower()
    assert re.findall(r"canary (?:draft|tomorrow|for|held|pending|let|guest|comment)|canary@", page) == []


def test_front_page_shows_the_next_meetup_and_three_more():
    events = [make_event(starts_in=days(n)) for n in (5, 1, 4, 2, 3)]
    shown = front_page()
    assert shown["next_event"] == events[1]
    assert shown["later_events"] == [events[3], events[4], events[2]]


def test_meetup_is_the_next_one_until_it_is_over():
    running = make_event(starts_in=timedelta(minutes=-30))
    make_event(starts_in=timedelta(minutes=-90))
    make_event(starts_in=days(1))
    assert front_page()["next_event"] == running


@pytest.mark.parametrize("state", ["draft", "cancelled", "postponed"])
def test_nobody_is_invited_to_what_does_not_happen(state):
    make_event(state=state, starts_in=days(1))
    assert front_page()["next_event"] is None


def test_results_come_before_promises_on_the_front_page():
    make_microaction(what="Promised")
    done = make_microaction(what="Done", status=Microaction.Status.DONE, result="It worked")
    make_microaction(what="Promised later")
    make_microaction(what="Promised last")
    notes = list(front_page()["notes"])
    assert (notes[0], len(notes)) == (done, 3)


def test_newest_posts_are_on_the_front_page():
    posts = [make_post(published_at=timezone.now() - days(n)) for n in (4, 1, 3, 2)]
    assert list(front_page()["posts"]) == [posts[1], posts[3], posts[2]]


def test_empty_chapter_still_welcomes(client):
    Page.objects.get(key="home").wordings.all().delete()
    page = client.get("/en/")
    assert (page.status_code, page.content.decode().count('class="empty"')) == (200, 2)


def test_front_page_bears_the_chapters_own_tagline(client):
    adopt_wording(Page.objects.get(key="home"), language="nb", title="Vi <møtes>", body="Kom *inn*.")
    page = client.get("/nb/").content.decode()
    assert '<h1 class="hero__title">Vi &lt;møtes&gt;</h1>' in page
    assert "<p>Kom <em>inn</em>.</p>" in page


@pytest.mark.parametrize(
    ("starts_in", "state", "is_missing"),
    [
        (days(-1), "published", True),
        (days(-89), "published", True),
        (days(-91), "published", False),
        (days(1), "published", False),
        (days(-1), "cancelled", False),
        (days(-1), "draft", False),
    ],
)
def test_summary_is_asked_for_after_a_meetup(starts_in, state, is_missing):
    event = make_event(starts_in=starts_in, state=state)
    assert rows_of(blog.summaries_missing, "events") == ([event] if is_missing else [])


@pytest.mark.parametrize("is_draft", [True, False])
def test_summary_that_somebody_began_is_not_asked_for(is_draft):
    make_post(summary_of=make_event(starts_in=days(-1)), is_draft=is_draft)
    assert blog.summaries_missing(None, None) is None


def test_desk_counts_those_who_wait_for_a_seat():
    event = make_event(capacity=1)
    make_rsvp(event=event)
    for _ in range(2):
        make_rsvp(event=event, status=Rsvp.Status.WAITLISTED)
    make_rsvp(event=make_event())
    assert [(event.pk, event.waiting_count) for event in rows_of(rsvps.waitlists, "events")] == [(event.pk, 2)]


def test_desk_counts_what_waits_and_not_what_is_done():
    make_comment(status=Comment.Status.HELD)
    make_comment()
    make_microaction(held=True)
    make_microaction(held=True, hidden_at=timezone.now())
    assert (blog.comments_held(None, None), microactions.pledges_to_approve(None, None)) == (
        {"number": 1},
        {"number": 1},
    )


def test_desk_tells_drafts_from_what_is_scheduled():
    draft, later = make_post(is_draft=True), make_post(published_at=timezone.now() + days(1))
    event = make_event(state=Event.State.DRAFT)
    make_post()
    assert [rows_of(blog.posts_begun, name) for name in ("drafts", "scheduled")] == [[draft], [later]]
    assert rows_of(planning.drafts, "events") == [event]


def test_desk_stays_short():
    for n in range(blog.DESK_ROWS + 1):
        make_post(title=f"Draft {n}", is_draft=True)
    assert len(rows_of(blog.posts_begun, "drafts")) == blog.DESK_ROWS


def test_desk_shows_its_rows_in_a_fixed_order(client):
    """What is most urgent first, drafts last."""
    make_post(title="Scheduled", published_at=timezone.now() + days(1))
    make_post(title="Draft", is_draft=True)
    make_event(title="Event draft", state=Event.State.DRAFT)
    make_microaction(held=True)
    make_comment(post=make_post(title="Post"), status=Comment.Status.HELD)
    make_rsvp(event=make_event(title="Full", capacity=1), status=Rsvp.Status.WAITLISTED)
    make_event(title="Over", starts_in=days(-1))
    client.force_login(make_organiser())
    page = client.get("/en/organise/").content.decode()
    rows = re.findall(r'class="desk__what"><a [^>]*>([^<]*)<', page)
    assert rows == [
        "Full",
        "Comments to approve",
        "Microactions to approve",
        "Over",
        "Event draft",
        "Draft",
        "Scheduled",
        "The privacy page and the code of conduct have blanks",
    ]


def test_desk_puts_what_cannot_wait_before_people_and_people_before_drafts(client):
    make_event(title="Draft", state=Event.State.DRAFT)
    make_comment(post=make_post(), status=Comment.Status.HELD)
    make_event(title="Late", state=Event.State.POSTPONED, starts_in=days(-2))
    client.force_login(make_organiser())
    page = client.get("/en/organise/")
    assert [group[0] for group in page.context["groups"]] == ["now", "people", "later"]
    assert re.findall(r'id="waits-(\w+)"', page.content.decode()) == ["now", "people", "later"]


def test_desk_begins_with_the_next_meetup_and_the_ways_to_run_it(client):
    event = make_event(title="Soon", starts_in=days(1), capacity=12)
    for _ in range(3):
        make_rsvp(event=event)
    make_event(title="After", starts_in=days(2))
    client.force_login(make_organiser())
    page = client.get("/en/organise/").content.decode()
    assert page.index("3 of 12 seats taken") < page.index(">After<") < page.index('id="places"')
    for way in ("door/", "messages/new/", "attendees/"):
        assert f'href="/en/events/{event.slug}/{way}"' in page
    assert f'action="/en/board/open/{event.slug}/"' in page
    make_board(event=event)
    assert f'href="{event.board.get_absolute_url()}"' in client.get("/en/organise/").content.decode()


def test_desk_with_nothing_to_do_says_so(client):
    make_event(starts_in=days(-200))
    client.force_login(make_organiser())
    Chapter.load()
    Chapter.objects.update(**dict.fromkeys(Chapter.TO_FILL_IN, "Something"))
    with translation.override("en"):
        assert "Nothing to do right now" in client.get("/en/organise/").content.decode()
    make_comment(status=Comment.Status.HELD)
    page = client.get("/en/organise/").content.decode()
    assert ("Nothing to do right now" in page, "1 comment needs your approval" in page) == (False, True)
