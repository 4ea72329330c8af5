"""Every kind of page, in three languages, two themes and two widths: accessible, private, narrow and light enough."""

import pytest

from blog.models import Post
from chapter.models import Member
from events.calendars import personal_feed
from events.models import AccessNeed, Event, Photo, Proposal, Rsvp, Season, Series, SisterChapter
from facilitation.models import Board
from microactions.makkers import actions as makkers
from microactions.models import Makker, Microaction

pytestmark = pytest.mark.django_db(transaction=True)

LANGUAGES = ("nb", "sv", "en")
PHONE, DESKTOP = 390, 1280


def public_paths():
    """One address of each kind of public page, after the language prefix."""
    upcoming = Event.objects.upcoming().with_seats()
    past = Event.objects.past().first()
    states = [
        upcoming.filter(state=Event.State.PUBLISHED, capacity__isnull=False).first(),
        next(event for event in upcoming if event.is_full),
        upcoming.filter(state=Event.State.CANCELLED).first(),
        upcoming.filter(state=Event.State.POSTPONED).first(),
        past,
    ]
    rsvps = [
        Rsvp.objects.filter(status=status, event__in=upcoming).first()
        for status in ("going", "waitlisted", "pending")
    ]
    done = Microaction.objects.public().with_result().first()
    post = Post.objects.published().filter(summary_of__isnull=False).first()
    boards = Board.objects.order_by("closed_at")
    return [
        "", "events/", "events/elsewhere/", "events/past/", *(f"events/{event.slug}/" for event in states),
        *(f"events/rsvp/{rsvp.token}/" for rsvp in rsvps if rsvp), f"events/rsvp/{rsvps[0].token}/stop/",
        "events/series/", f"events/series/{Series.objects.get().slug}/",
        "principles/", "principles/3/", "principles/compare/", "principles/3/poster/",
        "microactions/", f"microactions/{done.pk}/", "microactions/new/",
        "microactions/ideas/", "microactions/new/?idea=draft",
        "blog/", f"blog/{post.slug}/",
        *(f"board/{board.code}/{part}" for board in boards for part in ("", "screen/")),
        "about/", "code-of-conduct/", "privacy/", "accessibility/",
        "events/embed/", "events/embed/?n=2&kind=talk", "events/embed/help/", "events/?kind=lean_coffee",
        "events/propose/", "events/propose/sent/", *proposal_paths(),
        "search/", "search/?q=kaffe", "accounts/login/", "accounts/signup/", "nothing-here/",
    ]  # fmt: skip


def proposal_paths():
    """A proposal in each of its states, and what a guest needs to take part, told and not told yet."""
    open_one = Proposal.objects.open().first()
    rows = {"what": "Gåtur", "place": "Parken", "when": "I mai", "language": "nb", "email": "guest@example.org"}
    asking = Event.objects.upcoming().filter(asks_access_needs=True).first()
    event = Event.objects.drafts().first()
    states = [
        open_one,
        Proposal.objects.create(**rows),
        Proposal.objects.create(**rows, state="declined", answer="Ikke nå."),
        Proposal.objects.create(**rows, state="accepted", event=event),
    ]
    told, untold = asking.rsvps.going().filter(member=None)[:2]
    AccessNeed.objects.update_or_create(rsvp=told, defaults={"text": "En rampe"})
    needs = [f"events/rsvp/{rsvp.token}/access-need/" for rsvp in (told, untold)]
    return [*(f"events/proposal/{proposal.token}/" for proposal in states), *needs]


def follow_up_paths():
    """What follows a microaction: its person's own page, an invitation, and the makker's pages."""
    event = Event.objects.upcoming().first()
    rows = {"due_on": event.starts_at.date(), "visibility": "makker", "event": event}
    waiting, taken, alone = (Microaction.objects.create(what="Ring biblioteket", **rows) for _ in range(3))
    invited = Makker.objects.create(microaction=waiting)
    makker = Makker.objects.create(microaction=taken, status="accepted", name="Ola", line="Lykke til")
    done = Microaction.objects.public().with_result().first()
    return [
        *(f"microactions/manage/{row.token}/" for row in (waiting, taken, alone, done)),
        f"microactions/makker/invited/{makkers.invitation_key(invited)}/", "microactions/makker/sent/",
        f"microactions/makker/{makker.token}/", f"microactions/makker/{makker.token}/stop/",
    ]  # fmt: skip


def photo_paths():
    """The gallery, one photo, and asking to be taken out."""
    photo = Photo.objects.shown().in_order().first()
    slug = photo.event.slug
    empty = Event.objects.past().filter(photos=None).first()
    return [
        f"events/{slug}/", f"events/{slug}/photos/", f"events/{slug}/photos/{photo.pk}/",
        f"events/photos/{photo.pk}/take-out/", f"events/{slug}/photos/taken-out/", f"events/{empty.slug}/photos/",
    ]  # fmt: skip


def photo_host_paths():
    waiting, hidden = Photo.objects.unfinished().first(), Photo.objects.hidden().first()
    slug = hidden.event.slug
    return [
        f"events/{slug}/photos/add/", f"events/{slug}/photos/{waiting.pk}/edit/",
        f"events/{slug}/photos/{waiting.pk}/delete/", f"events/{slug}/photos/{hidden.pk}/decide/",
        f"events/{slug}/photos/{Photo.objects.shown().first().pk}/edit/", "events/photos/taken-out/",
    ]  # fmt: skip


def deciding_paths():
    """What organisers answer and announce, and what a host alone reads."""
    hosted = Event.objects.filter(asks_access_needs=True, hosts=Member.objects.organisers().first()).first()
    return [
        "events/proposals/", f"events/proposals/{Proposal.objects.open().first().pk}/", "organise/retention/",
        "events/seasons/", "events/seasons/new/", f"events/seasons/{Season.objects.first().pk}/delete/",
        f"events/{hosted.slug}/access-needs/", f"events/{hosted.slug}/",
    ]  # fmt: skip


def series_paths():
    slug = Series.objects.get().slug
    return ["events/series/new/", *(f"events/series/{slug}/{page}" for page in ("", "edit/", "text/en/", "end/"))]


def organiser_paths():
    for member in Member.objects.organisers():
        personal_feed.rotate(member)
    event = Event.objects.upcoming().first()
    been = Event.objects.past().first()
    post, sister = Post.objects.first(), SisterChapter.objects.exclude(trouble="").first()
    return [
        "events/elsewhere/chapters/", "events/elsewhere/chapters/new/", f"events/elsewhere/chapters/{sister.pk}/edit/",
        f"events/elsewhere/chapters/{sister.pk}/delete/",
        "me/", "organise/", "events/new/", f"events/{event.slug}/edit/", f"events/{event.slug}/attendees/",
        f"events/{event.slug}/", "blog/new/", f"blog/{post.pk}/edit/", f"blog/{post.slug}/", "microactions/new/",
        *(f"events/{been.slug}/{page}/" for page in ("door", "attendees", "hosts", "messages", "messages/new")),
        "events/figures/", "organise/log/", *series_paths(),
        f"events/venues/{event.venue_id}/edit/", f"events/{Event.objects.upcoming().filter(series__isnull=False).first().slug}/later/",
    ]  # fmt: skip


def paths_of(reader):
    if reader == "organiser":
        return organiser_paths() + photo_host_paths() + deciding_paths()
    return public_paths() + follow_up_paths() + photo_paths()


def too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def put_on(page, scheme):
    """Change the theme and let colours arrive: axe would measure them on the way.

    What stands in a closed fold is not drawn, and its colours would never arrive.
    """
    page.emulate_media(color_scheme=scheme)
    seen = "document.getAnimations().filter(animation => animation.effect.target.checkVisibility())"
    page.evaluate(f"Promise.allSettled({seen}.map(animation => animation.finished))")


def findings(page, violations):
    """What axe and a ruler find on the page as it is: at both widths, in both themes, and at 320 px.

    The dark theme changes colours alone, so there only the rules about colour are asked again.
    """
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        put_on(page, "light")
        yield from (f"{width} light {line}" for line in violations(page))
        put_on(page, "dark")
        yield from (
            f"{width} dark {line}" for line in violations(page, rules=["color-contrast", "link-in-text-block"])
        )
    page.set_viewport_size({"width": 320, "height": 900})
    if (pixels := too_wide(page)) > 0:
        yield f"scrolls {pixels} px sideways at 320 px"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", ["visitor", "organiser"])
def test_pages_are_accessible_and_fit(demo, open_page, violations, language, reader):
    member = Member.objects.organisers().first() if reader == "organiser" else None
    page = open_page(f"{demo}/{language}/", member=member)
    found = []
    for path in paths_of(reader):
        page.goto(f"{demo}/{language}/{path}")
        found += [f"{path} {line}" for line in findings(page, violations)]
    assert found == []


def test_readers_get_no_cookie_and_store_nothing(demo, open_page):
    page = open_page(f"{demo}/nb/")
    for path in public_paths():
        page.goto(f"{demo}/nb/{path}")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    kept = {cookie["name"] for cookie in page.context.cookies()}
    assert kept - {"csrftoken", "session"} == set()
    assert kept == set()


def test_motion_stops_for_those_who_ask(demo, browser):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{demo}/nb/microactions/")
    tilted = "[...document.querySelectorAll('.note')].filter(n => !['none', 'matrix(1, 0, 0, 1, 0, 0)'].includes(getComputedStyle(n).transform) || !['none','0deg'].includes(getComputedStyle(n).rotate)).length"
    assert page.evaluate(tilted) == 0
    assert page.evaluate("document.getAnimations().length") == 0
    context.close()
