"""Every kind of page, in three languages, two themes and two widths: accessible, private and narrow enough.

The whole demo chapter stands behind one running site, and no test here changes it.
"""

from types import SimpleNamespace

import pytest
from django.test import override_settings

from blog.models import Comment, Post
from chapter.models import Member
from events.calendars import personal_feed
from events.models import AccessNeed, Event, Photo, Proposal, Question, Rsvp, Season, Series, SisterChapter
from facilitation.models import Board
from followers.models import Follower
from microactions import makkers
from microactions.models import Makker, Microaction
from tests import database
from tests.browser.accessibility import bring_axe, findings, findings_in_words
from tests.browser.fixtures import sign_in, watch

# The addresses after the language prefix; what stands in braces is found in the demo by `of_the_demo`.
VISITORS = [
    "", "search/", "search/?q=kaffe", "accounts/login/", "accounts/signup/", "nothing-here/",
    "about/", "code-of-conduct/", "privacy/", "accessibility/",
    "events/", "events/?kind=lean_coffee", "events/past/", "events/elsewhere/",
    "events/{event}/", "events/{full_event}/", "events/{cancelled_event}/", "events/{postponed_event}/",
    "events/{past_event}/",
    "events/rsvp/{going}/", "events/rsvp/{waitlisted}/", "events/rsvp/{pending}/", "events/rsvp/{going}/stop/",
    "events/rsvp/{told}/access-need/", "events/rsvp/{untold}/access-need/",
    "events/series/", "events/series/{series}/",
    "events/embed/", "events/embed/?n=2&kind=talk", "events/embed/help/",
    "events/propose/", "events/propose/sent/", "events/proposal/{open_proposal}/", "events/proposal/{new_proposal}/",
    "events/proposal/{declined_proposal}/", "events/proposal/{accepted_proposal}/",
    "events/{photo_event}/", "events/{photo_event}/photos/", "events/{photo_event}/photos/{photo}/",
    "events/photos/{photo}/take-out/", "events/{photo_event}/photos/taken-out/", "events/{photoless_event}/photos/",
    "principles/", "principles/3/", "principles/compare/", "principles/3/poster/", "events/{event}/poster/",
    "microactions/", "microactions/{done}/", "microactions/new/", "microactions/ideas/",
    "microactions/new/?idea=draft",
    "microactions/manage/{waiting_token}/", "microactions/manage/{taken_token}/", "microactions/manage/{alone_token}/",
    "microactions/manage/{done_token}/", "microactions/makker/invited/{invitation}/", "microactions/makker/sent/",
    "microactions/makker/{makker}/", "microactions/makker/{makker}/stop/",
    "follow/slide/", "follow/", "follow/{follower}/", "follow/{choosy}/", "follow/{unsure}/", "follow/{follower}/stop/",
    "follow/{follower}/rsvp/{event}/", "blog/", "blog/{summary}/", "blog/comments/sent/", "blog/comments/guest/{new_comment}/",
    "blog/comments/guest/{held_comment}/", "blog/comments/guest/{shown_comment}/",
    "board/{closed_board}/", "board/{closed_board}/screen/", "board/{open_board}/", "board/{open_board}/screen/",
    "board/{open_board}/activities/", "board/vegg46/activities/", "board/vegg46/activities/{cards}/",
    "board/vegg46/activities/{posters}/", "board/vegg46/activities/{sessions}/", "board/vegg46/sessions/",
    "board/vegg46/sessions/{session}/", "board/skap46/", "board/halv46/screen/", "board/vegg47/", "board/vegg47/screen/", "board/vegg47/sessions/",
]  # fmt: skip
ORGANISERS = [
    "me/", "me/introduction/", "organise/", "organise/chapter/", "organise/export/", "organise/log/",
    "organise/retention/", "microactions/new/",
    "events/new/", "events/{event}/", "events/{event}/edit/", "events/{event}/attendees/", "events/{event}/attendees/add/",
    "events/{series_event}/later/", "events/venues/{venue}/edit/", "events/figures/", "events/import/",
    "events/{past_event}/door/", "events/{past_event}/attendees/", "events/{past_event}/hosts/",
    "events/{past_event}/messages/", "events/{past_event}/messages/new/",
    "events/series/new/", "events/series/{series}/", "events/series/{series}/edit/",
    "events/series/{series}/text/en/", "events/series/{series}/end/",
    "events/elsewhere/chapters/", "events/elsewhere/chapters/new/", "events/elsewhere/chapters/{sister}/edit/",
    "events/elsewhere/chapters/{sister}/delete/",
    "events/{hidden_event}/photos/add/", "events/{hidden_event}/photos/{waiting_photo}/edit/",
    "events/{hidden_event}/photos/{waiting_photo}/delete/", "events/{hidden_event}/photos/{hidden_photo}/decide/",
    "events/{hidden_event}/photos/{photo}/edit/", "events/photos/taken-out/",
    "events/proposals/", "events/proposals/{open_proposal_pk}/",
    "events/seasons/", "events/seasons/new/", "events/seasons/{season}/delete/",
    "events/{hosted_event}/", "events/{hosted_event}/access-needs/", "events/{event}/coming/",
    "events/{asked_event}/", "events/{asked_event}/questions/", "events/{asked_event}/questions/{question}/",
    "blog/comments/", "blog/new/", "blog/{post_pk}/edit/", "blog/{post}/", "blog/letter/",
    "follow/organise/", "follow/organise/meetup/{event_pk}/",
]  # fmt: skip


def of_the_demo():
    """What the addresses name, with rows for the states that the demo has not."""
    for member in Member.objects.organisers():
        personal_feed.rotate(member)
    return {**_events(), **_rsvps(), **_proposals(), **_photos(), **_microactions(), **_followers(), **_the_rest()}


def _events():
    upcoming, past = Event.objects.upcoming().with_seats(), Event.objects.past()
    return {
        "event": upcoming.filter(state="published", capacity__isnull=False).first().slug,
        "event_pk": upcoming.filter(state="published", capacity__isnull=False).first().pk,
        "full_event": next(event for event in upcoming if event.is_full).slug,
        "cancelled_event": upcoming.filter(state="cancelled").first().slug,
        "postponed_event": upcoming.filter(state="postponed").first().slug,
        "past_event": past.first().slug,
        "series_event": upcoming.filter(series__isnull=False).first().slug,
        "hosted_event": Event.objects.filter(asks_access_needs=True, hosts=_organiser()).first().slug,
        "photoless_event": past.filter(photos=None).first().slug,
        "venue": upcoming.first().venue_id,
        "series": Series.objects.get().slug,
    }


def _rsvps():
    upcoming = Event.objects.upcoming()
    asking = upcoming.filter(asks_access_needs=True).first()
    told, untold = asking.rsvps.going().filter(member=None)[:2]
    AccessNeed.objects.update_or_create(rsvp=told, defaults={"text": "En rampe"})
    states = ("going", "waitlisted", "pending")
    tokens = {state: Rsvp.objects.filter(status=state, event__in=upcoming).first().token for state in states}
    question = Question.objects.held().first()
    asked = {"question": question.pk, "asked_event": question.event.slug}
    return {**tokens, **asked, "told": told.token, "untold": untold.token}


def _proposals():
    rows = {"what": "Gåtur", "place": "Parken", "when": "I mai", "language": "nb", "email": "guest@example.org"}
    open_one, draft = Proposal.objects.open().first(), Event.objects.drafts().first()
    return {
        "open_proposal": open_one.token,
        "open_proposal_pk": open_one.pk,
        "new_proposal": Proposal.objects.create(**rows).token,
        "declined_proposal": Proposal.objects.create(**rows, state="declined", answer="Ikke nå.").token,
        "accepted_proposal": Proposal.objects.create(**rows, state="accepted", event=draft).token,
    }


def _photos():
    shown, hidden = Photo.objects.shown().in_order().first(), Photo.objects.hidden().first()
    return {
        "photo": shown.pk,
        "photo_event": shown.event.slug,
        "waiting_photo": Photo.objects.unfinished().first().pk,
        "hidden_photo": hidden.pk,
        "hidden_event": hidden.event.slug,
    }


def _microactions():
    """One whose makker is invited, one that has a makker, one that has none, and one that is done."""
    event = Event.objects.upcoming().first()
    rows = {"due_on": event.starts_at.date(), "visibility": "makker", "event": event}
    waiting, taken, alone = (Microaction.objects.create(what="Ring biblioteket", **rows) for _ in range(3))
    done = Microaction.objects.public().with_result().first()
    return {
        "done": done.pk,
        "done_token": done.token,
        "waiting_token": waiting.token,
        "taken_token": taken.token,
        "alone_token": alone.token,
        "invitation": makkers.invitation_key(Makker.objects.create(microaction=waiting)),
        "makker": Makker.objects.create(microaction=taken, status="accepted", name="Ola", line="Lykke til").token,
    }


def _followers():
    """One who follows, one who chooses, and one who has not said yes."""
    guests = Follower.objects.filter(member=None)
    follower, choosy = guests.confirmed()[:2]
    Follower.objects.filter(pk=choosy.pk).update(is_choosy=True, kinds=["workshop"])
    unsure = guests.filter(confirmed_at=None).first()
    return {"follower": follower.token, "choosy": choosy.token, "unsure": unsure.token}


def _the_rest():
    closed_board, open_board = Board.objects.get(code="suppe3"), Board.objects.get(code="kaffe2")
    cards, posters, sessions = Board.objects.get(code="vegg46").activities.all()
    post = Post.objects.first()
    return {
        "closed_board": closed_board.code,
        "open_board": open_board.code,
        "cards": cards.pk,
        "posters": posters.pk,
        "sessions": sessions.pk,
        "session": sessions.sessions.placed().first().pk,
        "summary": Post.objects.published().filter(summary_of__isnull=False).first().slug,
        "post": post.slug,
        "post_pk": post.pk,
        **_comments(post),
        "sister": SisterChapter.objects.exclude(trouble="").first().pk,
        "season": Season.objects.first().pk,
    }


def _comments(post):
    """Guests', in each state."""
    rows = {"post": post, "name": "Kari", "body": "Takk", "body_html": "<p>Takk</p>"}
    states = {"new_comment": "unconfirmed", "held_comment": "held", "shown_comment": "visible"}
    return {name: Comment.objects.create(**rows, status=state).token for name, state in states.items()}


def _organiser():
    return Member.objects.organisers().first()


@pytest.fixture(scope="module")
def chapter(server, kept_demo, browser, django_db_blocker):
    """The running demo: its address, what stands in the braces, and a browser page for each reader with its troubles."""
    settings = override_settings(SITE_URL=server.url, MEDIA_ROOT=kept_demo)
    with django_db_blocker.unblock(), settings:
        database.restore("demo")
        visitor, organiser = (browser.new_context() for _ in range(2))
        sign_in(organiser, server.url, _organiser())
        pages = {"visitor": watched(visitor, server.url), "organiser": watched(organiser, server.url)}
        yield SimpleNamespace(url=server.url, found=of_the_demo(), pages=pages)
        for context in (visitor, organiser):
            context.close()
        database.restore("shipped")


def watched(context, url):
    bring_axe(context)
    page, troubles = context.new_page(), []
    watch(page, url, troubles)
    return page, troubles


@pytest.mark.parametrize("path", VISITORS)
def test_page_for_visitors(chapter, path):
    assert list(_trouble(chapter, "visitor", path)) == []


@pytest.mark.parametrize("path", ORGANISERS)
def test_page_for_organisers(chapter, path):
    assert list(_trouble(chapter, "organiser", path)) == []


def _trouble(chapter, reader, path):
    """What is wrong with the page: for axe and the ruler, for its policy, and for a visitor who gives nothing away."""
    page, troubles = chapter.pages[reader]
    troubles.clear()
    for language in ("nb", "sv", "en"):
        page.goto(f"{chapter.url}/{language}/{path.format_map(chapter.found)}")
        if page.get_attribute("html", "lang") != language:
            yield f"{language}: is in another language"
        if reader == "visitor":
            yield from _kept(page)
        looks = findings if language == "nb" else findings_in_words
        yield from (f"{language}: {line}" for line in looks(page))
    yield from troubles


def _kept(page):
    if page.evaluate("localStorage.length + sessionStorage.length"):
        yield "stores something in the browser"
    if cookies := page.context.cookies():
        yield f"sets {[cookie['name'] for cookie in cookies]}"


def test_motion_stops_for_those_who_ask(chapter, browser):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{chapter.url}/nb/microactions/")
    tilted = "[...document.querySelectorAll('.note')].filter(n => !['none', 'matrix(1, 0, 0, 1, 0, 0)'].includes(getComputedStyle(n).transform) || !['none','0deg'].includes(getComputedStyle(n).rotate)).length"
    assert page.evaluate(tilted) == 0
    assert page.evaluate("document.getAnimations().length") == 0
    context.close()
