"""The door list in somebody's hand: on a bad line, with the keyboard, without JavaScript, narrow and in the dark."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from events.models import Message, Rsvp, WalkIn
from tests.browser.accessibility import findings
from tests.browser.test_tasks import press, tab_to
from tests.factories import make_event, make_organiser, make_rsvp

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
SAVED = ".door:not(:has([data-status]:not([data-status=''])))"


@pytest.fixture
def event():
    event = make_event(title="Lean Coffee", language="en", starts_in=timedelta(minutes=-10), hours=3)
    for name in ("Åse Ås", "Ada Berg", "Søren Lund"):
        make_rsvp(event=event, name=name)
    make_rsvp(event=event, name="Vera Vent", status=Rsvp.Status.WAITLISTED)
    return event


@pytest.fixture
def door(site, open_page, event):
    def open_door(**how):
        url = f"{site}/en/events/{event.slug}/door/"
        return open_page(url, member=make_organiser(), **{**PHONE, **how})

    return open_door


def came():
    return sorted(Rsvp.objects.filter(attendance="came").values_list("name", flat=True))


def row(page, name):
    return page.locator(".door__person").filter(has_text=name)


def queued(page):
    return page.evaluate("Object.entries(localStorage).map(([key, value]) => JSON.parse(value))")


def cut(page, sent):
    """No answer to anything that is sent, until the line is back."""

    def fail(route):
        sent.append(route.request.post_data)
        route.abort("internetdisconnected")

    page.route("**/door/tick/", fail)
    page.route("**/door/walk-in/", fail)


def mend(page):
    page.unroute("**/door/tick/")
    page.unroute("**/door/walk-in/")
    page.evaluate("window.dispatchEvent(new Event('online'))")


def test_a_tick_shows_at_once_and_is_saved(door):
    page = door()
    row(page, "Ada Berg").locator("button").click()
    assert row(page, "Ada Berg").locator("button").get_attribute("aria-pressed") == "true"
    page.wait_for_selector(SAVED)
    assert (came(), queued(page)) == (["Ada Berg"], [])
    assert page.locator("[data-door-count]").inner_text() == "1 of 3 here"


def test_what_was_ticked_without_a_line_is_stored_once_when_it_is_back(door, event):
    page, sent = door(), []
    cut(page, sent)
    row(page, "Ada Berg").locator("button").click()
    page.locator("input[name=name]").fill("Nora Ny")
    page.get_by_role("button", name="Add a walk-in").click()
    page.wait_for_selector("[data-door-trouble]:not(:empty)")
    assert (came(), WalkIn.objects.count(), len(queued(page)[0])) == ([], 0, 2)
    mend(page)
    page.wait_for_selector(SAVED)
    assert (came(), [one.name for one in WalkIn.objects.all()], queued(page)) == (["Ada Berg"], ["Nora Ny"], [])


@pytest.mark.parametrize("late", ["state", "page"])
def test_what_was_asked_for_before_a_tick_was_saved_does_not_take_it_back(door, event, late):
    page, held = door(), []
    address = "**/door/state/" if late == "state" else "**/door/"
    page.route(address, lambda route: held.append((route, route.fetch())), times=1)
    if late == "page":
        # Somebody new is on the list, so its names are fetched.
        make_rsvp(event=event, name="Nils Ny")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    while not held:
        page.wait_for_timeout(50)
    row(page, "Ada Berg").locator("button").click()
    page.wait_for_selector(SAVED)
    while "Ada Berg" not in came():
        page.wait_for_timeout(50)
    [(route, before)] = held
    with page.expect_response(address):
        route.fulfill(response=before)
    page.wait_for_timeout(500)
    assert row(page, "Ada Berg").locator("button").get_attribute("aria-pressed") == "true"


def test_a_tick_survives_the_page(door):
    page, sent = door(), []
    cut(page, sent)
    row(page, "Ada Berg").locator("button").click()
    page.wait_for_selector("[data-status=waiting]")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert row(page, "Ada Berg").locator("button").get_attribute("aria-pressed") == "true"
    assert "Ada" not in page.evaluate("JSON.stringify(localStorage)")
    mend(page)
    page.wait_for_selector(SAVED)
    assert (came(), queued(page)) == (["Ada Berg"], [])


def test_the_name_of_a_walk_in_survives_the_page_and_goes_when_it_is_saved(door):
    page, sent = door(), []
    cut(page, sent)
    page.locator("input[name=name]").fill("Nora Ny")
    page.get_by_role("button", name="Add a walk-in").click()
    page.wait_for_selector("[data-status=waiting]")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert row(page, "Nora Ny").is_visible()
    mend(page)
    page.wait_for_selector(SAVED)
    assert ([one.name for one in WalkIn.objects.all()], queued(page)) == (["Nora Ny"], [])


def test_a_tick_that_waited_gives_way_to_a_later_one_and_says_so(door, event):
    page, sent = door(), []
    cut(page, sent)
    row(page, "Ada Berg").locator("button").click()
    page.wait_for_selector("[data-status=waiting]")
    Rsvp.objects.filter(name="Ada Berg").update(attendance_at=timezone.now() + timedelta(minutes=5))
    mend(page)
    page.get_by_text("another host changed this person after you did").wait_for()
    button = row(page, "Ada Berg").locator("button")
    assert (button.get_attribute("aria-pressed"), came(), queued(page)) == ("false", [], [])


def test_where_nothing_can_be_stored_the_page_says_so_and_still_sends(door):
    page, sent = door(), []
    page.evaluate("void (Storage.prototype.setItem = () => { throw new Error('full') })")
    cut(page, sent)
    row(page, "Ada Berg").locator("button").click()
    page.get_by_text("This phone can’t keep").wait_for()
    mend(page)
    page.wait_for_selector(SAVED)
    assert came() == ["Ada Berg"]


def test_two_tabs_of_one_phone_send_what_either_ticked(door, site, event):
    page, sent = door(), []
    cut(page, sent)
    row(page, "Ada Berg").locator("button").click()
    page.wait_for_selector("[data-status=waiting]")
    tab = page.context.new_page()
    tab.goto(page.url)
    tab.wait_for_selector(SAVED)
    assert came() == ["Ada Berg"]
    mend(page)
    page.wait_for_selector(SAVED)
    assert queued(page) == []


def test_what_could_never_be_sent_is_forgotten(door):
    page = door()
    old = '{"w1": {"value": "yes", "at": 1000, "name": "Nora Ny"}}'
    page.evaluate("old => localStorage.setItem('door:0', old)", old)
    page.reload()
    assert page.evaluate("localStorage.getItem('door:0')") is None


def test_what_was_taken_back_on_a_bad_line_is_sent_as_it_is_now(door):
    page, sent = door(), []
    cut(page, sent)
    for _ in range(3):
        row(page, "Ada Berg").locator("button").click()
    mend(page)
    page.wait_for_selector(SAVED)
    assert came() == ["Ada Berg"]
    assert all(parse_qs(body)["tick"][0].endswith(("yes", "no")) for body in sent)


def test_whoever_is_signed_out_keeps_the_tick_and_is_told(door):
    page = door()
    cookies = page.context.cookies()
    page.context.clear_cookies()
    row(page, "Ada Berg").locator("button").click()
    page.get_by_role("link", name="Sign in again").wait_for()
    assert (came(), len(queued(page)[0])) == ([], 1)
    page.context.add_cookies(cookies)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_selector(SAVED)
    assert came() == ["Ada Berg"]


def test_two_phones_come_to_show_the_same(door, event):
    page, other = door(), door()
    row(page, "Ada Berg").locator("button").click()
    page.locator("input[name=name]").fill("Nora Ny")
    page.get_by_role("button", name="Add a walk-in").click()
    page.wait_for_selector(SAVED)
    other.evaluate("window.dispatchEvent(new Event('online'))")
    row(other, "Nora Ny").wait_for()
    assert row(other, "Ada Berg").locator("button").get_attribute("aria-pressed") == "true"
    assert other.locator("[data-door-room]").inner_text() == "Present: 2"


def test_a_name_is_found_without_its_accents_and_a_slip_is_undone(door):
    page = door()
    page.locator("input[name=name]").fill("soren")
    assert page.locator(".door__person:visible").all_inner_texts() == ["Søren Lund"]
    row(page, "Søren Lund").locator("button").click()
    assert page.locator("input[name=name]").input_value() == ""
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector(SAVED)
    assert came() == []


def test_the_keyboard_alone_is_enough(door):
    page = door()
    tab_to(page, "Ada Berg")
    page.keyboard.press("Space")
    tab_to(page, "Find a name")
    page.keyboard.type("nora")
    page.keyboard.press("Enter")
    page.wait_for_selector(SAVED)
    assert (came(), [one.name for one in WalkIn.objects.all()]) == (["Ada Berg"], ["nora"])


def test_without_script_each_tick_is_a_form(door):
    page = door(script=False)
    press(page, row(page, "Ada Berg").locator("button"))
    assert page.url.endswith(f"#p{Rsvp.objects.get(name='Ada Berg').pk}")
    page.locator("input[name=name]").fill("Nora Ny")
    press(page, page.get_by_role("button", name="Add a walk-in"))
    assert (came(), [one.name for one in WalkIn.objects.all()]) == (["Ada Berg"], ["Nora Ny"])
    press(page, row(page, "Nora Ny").get_by_role("button"))
    press(page, row(page, "Ada Berg").locator("button"))
    assert (came(), WalkIn.objects.count()) == ([], 0)


def test_rows_are_large_enough_for_a_thumb(door):
    page = door()
    heights = page.evaluate(
        "[...document.querySelectorAll('.door button, .door input')].filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect().height)"
    )
    assert min(height for height in heights if height) >= 44


def test_every_page_at_the_door_is_accessible_and_fits(site, open_page, event):
    rows = list(event.rsvps.order_by("pk"))
    Rsvp.objects.filter(pk=rows[0].pk).update(attendance="came")
    Rsvp.objects.filter(pk=rows[1].pk).update(attendance="no_show")
    WalkIn.objects.create(event=event, name="Nora Ny")
    message = Message.objects.create(event=event, language="nb", subject="Ta med kopp", body="Vi har *kaffe*.")
    early = make_event(starts_in=timedelta(days=9))
    base = f"events/{event.slug}"
    paths = [
        f"{base}/door/", f"{base}/door/close/", f"events/{early.slug}/door/", f"{base}/", f"{base}/attendees/",
        f"{base}/hosts/", f"{base}/messages/", f"{base}/messages/new/", f"{base}/messages/{message.pk}/",
        "events/figures/", "organise/log/",
    ]  # fmt: skip
    page = open_page(f"{site}/en/", member=make_organiser())
    found = []
    for path in paths:
        page.goto(f"{site}/en/{path}")
        found += [f"{path} {line}" for line in findings(page)]
    assert found == []
