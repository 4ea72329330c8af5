"""The main tasks, as people do them: with the keyboard alone, without JavaScript, on a phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Comment, Post
from events.models import Event, Rsvp
from microactions.models import Microaction
from otg_site.settings import FORM_GUARD_SECONDS
from tests.factories import make_event, make_member, make_organiser, make_post

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


def link_in(mail):
    return re.search(r"https?://\S+", mail).group().rstrip(".")


def tab_to(page, name):
    """Press Tab until the control with this accessible name has the focus, as a keyboard user would."""
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(e => e.ariaLabel || e.labels?.[0]?.innerText || e.innerText || '')(document.activeElement).trim()"
        )
        if focused.startswith(name):
            return
    raise AssertionError(f"{name!r} cannot be reached with Tab")


def press(page, button):
    """Press a button and wait for the page that answers."""
    with page.expect_navigation():
        button.first.click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_guest_rsvps_confirms_and_cancels(site, open_page, last_mail, script):
    event = make_event(title="Lean Coffee", capacity=5, language="en")
    page = open_page(f"{site}/en/events/{event.slug}/", script=script, **PHONE)
    page.get_by_label("Name").first.fill("Gro Gjest")
    page.get_by_label(re.compile("email", re.I)).first.fill("gro@example.org")
    press(page, page.locator(".rsvp button"))
    page.goto(link_in(last_mail()))
    press(page, page.get_by_role("button", name="Confirm my seat"))
    assert Rsvp.objects.get().status == Rsvp.Status.GOING
    press(page, page.get_by_role("button", name="I can’t make it"))
    assert Rsvp.objects.get().status == Rsvp.Status.CANCELLED


def test_member_rsvps_with_the_keyboard_alone(site, open_page):
    event = make_event(title="Lean Coffee", capacity=5)
    page = open_page(f"{site}/en/events/{event.slug}/", member=make_member())
    button = page.locator(".rsvp button").first.inner_text()
    tab_to(page, button)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-rsvp-state=going]")
    assert Rsvp.objects.get().status == Rsvp.Status.GOING


def fill_by_keyboard(page, **texts):
    """Tab to each field by its name, in the order of the page, and type."""
    for name, text in texts.items():
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == name:
                break
        page.keyboard.type(text)


def send_by_keyboard(page, button):
    tab_to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_guest_rsvps_with_the_keyboard_alone(site, open_page, last_mail, settings):
    """At the pace that the site asks of people: the other tests send their forms at once."""
    settings.FORM_GUARD_SECONDS = FORM_GUARD_SECONDS
    event = make_event(title="Lean Coffee", capacity=5, language="en")
    page = open_page(f"{site}/en/events/{event.slug}/")
    fill_by_keyboard(page, name="Gro Gjest", email="gro@example.org")
    page.wait_for_timeout((FORM_GUARD_SECONDS + 1) * 1000)
    send_by_keyboard(page, "Sign me up")
    page.goto(link_in(last_mail()))
    send_by_keyboard(page, "Confirm my seat")
    assert Rsvp.objects.get().status == Rsvp.Status.GOING


def test_guest_pledges_with_the_keyboard_alone(site, open_page, last_mail):
    page = open_page(f"{site}/en/microactions/new/")
    fill_by_keyboard(page, what="Invite the archive to our demo", email="gro@example.org")
    send_by_keyboard(page, page.locator("main form.form .button--primary").inner_text())
    page.goto(link_in(last_mail()))
    send_by_keyboard(page, page.locator("main .button--primary").first.inner_text())
    assert Microaction.objects.get().status == Microaction.Status.OPEN


def test_member_signs_in_with_the_keyboard_alone(site, open_page, last_mail):
    member = make_member(language="en")
    page = open_page(f"{site}/en/accounts/login/")
    fill_by_keyboard(page, login=member.email)
    send_by_keyboard(page, "Send me a code")
    fill_by_keyboard(page, code=re.search(r"\b\d{4} \d{4}\b", last_mail()).group())
    send_by_keyboard(page, page.locator("main form .button--primary").first.inner_text())
    assert page.url.endswith("/en/me/")


def test_member_comments_with_the_keyboard_alone(site, open_page):
    page = open_page(f"{site}/en/blog/{make_post().slug}/", member=make_member())
    fill_by_keyboard(page, body="Thank you for writing this down.")
    send_by_keyboard(page, "Send the comment")
    assert Comment.objects.count() == 1


def test_organiser_publishes_with_the_keyboard_alone(site, open_page):
    event = make_event(title="Lean Coffee", state=Event.State.DRAFT)
    page = open_page(f"{site}/en/events/{event.slug}/", member=make_organiser())
    send_by_keyboard(page, "Publish")
    send_by_keyboard(page, "Publish")
    event.refresh_from_db()
    assert event.is_published


def test_first_tab_leads_past_the_menu(site, open_page):
    page = open_page(f"{site}/en/events/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_visitor_signs_up_with_a_code_from_the_mail(site, open_page, last_mail, script):
    page = open_page(f"{site}/en/accounts/signup/", script=script, **PHONE)
    page.get_by_label(re.compile("email", re.I)).first.fill("ny@example.org")
    page.get_by_label("Name").first.fill("Ny Person")
    press(page, page.locator("main form button"))
    code = re.search(r"\b\d{4} \d{4}\b", last_mail()).group()
    page.locator("main input[name=code]").fill(code)
    press(page, page.locator("main form button"))
    page.goto(f"{site}/en/me/")
    assert page.locator("h1").inner_text() != ""
    assert "/accounts/" not in page.url


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_guest_pledges_and_it_appears_after_the_mail(site, open_page, last_mail, script):
    page = open_page(f"{site}/en/microactions/new/", script=script, **PHONE)
    page.locator("[name=what]").fill("Invite the archive to our demo")
    page.locator("[name=email]").fill("gro@example.org")
    press(page, page.locator("main form.form button.button--primary"))
    page.goto(link_in(last_mail()))
    press(page, page.locator("main button"))
    assert Microaction.objects.public().count() == 0
    page.get_by_text("Let others see it").click()
    page.locator("#seen [name=visibility][value=public]").check()
    press(page, page.locator("#seen button"))
    page.goto(f"{site}/en/microactions/")
    assert page.get_by_text("Invite the archive to our demo").count() == 1


def test_organiser_makes_and_publishes_an_event_without_script(site, open_page):
    page = open_page(f"{site}/en/events/new/", member=make_organiser(), script=False)
    page.locator("[name=title]").fill("Lean Coffee at the library")
    day = (timezone.localdate() + timedelta(days=10)).isoformat()
    for name, value in {"date": day, "start": "11:30", "end": "12:30"}.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=online_url]").fill("https://meet.example.org/otg")
    press(page, page.get_by_role("button", name="Publish"))
    assert Event.objects.get().state == Event.State.PUBLISHED


def test_organiser_writes_the_summary_and_sees_the_preview(site, open_page):
    event = make_event(title="Lean Coffee", starts_in=timedelta(days=-2), language="en")
    page = open_page(f"{site}/en/events/{event.slug}/", member=make_organiser())
    press(page, page.get_by_role("button", name="Write the summary"))
    page.locator("textarea.markdownx-editor").fill("We talked about **forms**.\n\n- one\n- two")
    page.get_by_role("button", name="Preview").click()
    page.wait_for_selector(".markdownx-preview strong")
    assert page.locator(".markdownx-preview li").count() == 2
    assert Post.objects.get().summary_of == event


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_member_comments_and_the_first_one_waits(site, open_page, script):
    post = make_post(title="What we learned")
    page = open_page(f"{site}/en/blog/{post.slug}/", member=make_member(), script=script, **PHONE)
    page.locator("textarea[name=body]").fill("Thank you for writing this down.")
    press(page, page.get_by_role("button", name="Send the comment"))
    assert Comment.objects.get().status == Comment.Status.HELD


@pytest.mark.parametrize("way", ["button", "field"])
def test_passkey_is_added_and_opens_the_door(site, open_page, way):
    member = make_member()
    page = open_page(f"{site}/en/accounts/2fa/webauthn/add/", member=member)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.locator("input[name=passwordless]").check()
    press(page, page.locator("main form button"))
    assert member.authenticator_set.filter(type="webauthn").count() == 1
    page.context.clear_cookies()
    page.goto(f"{site}/en/accounts/login/")
    assert page.context.cookies() == []
    if way == "button":
        page.get_by_role("button", name=re.compile("passkey", re.I)).click()
    else:
        page.locator("input[name=login]").focus()
    page.wait_for_url(re.compile("/me/"))
