"""The Markdown editor: its buttons, the preview, and drafts that outlast the page, in a real browser."""

import pytest

from blog.models import Post
from events.models import Event
from tests.browser.accessibility import violations
from tests.factories import make_organiser, make_post, make_venue

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "textarea[name=body]"


@pytest.fixture
def writer(site, open_page):
    """Opens an editor as an organiser, at `path`."""
    member = make_organiser(name="Ola Oppdiktet", language="en")
    return lambda path="blog/new/", **options: open_page(f"{site}/en/{path}", member=member, **options)


def choose(page, start, end):
    page.locator(BODY).evaluate(
        "(text, [start, end]) => { text.focus(); text.setSelectionRange(start, end); }", [start, end]
    )


def press(page, name):
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()


def chosen(page):
    return page.locator(BODY).evaluate("text => text.value.slice(text.selectionStart, text.selectionEnd)")


def text(page):
    return page.locator(BODY).input_value()


def drafts(page):
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('text:')).length")


def expect_no_draft(page):
    """Soon. Asked again from here: playwright's own waiting evaluates text in the page, which its policy forbids."""
    for _ in range(600):
        if drafts(page) == 0:
            return
        page.wait_for_timeout(50)
    pytest.fail("a draft is still in the browser")


# The buttons


@pytest.mark.parametrize(
    ("button", "before", "selection", "after", "still"),
    [
        ("Bold", "one two", (4, 7), "one **two**", "two"),
        ("Bold", "one **two**", (6, 9), "one two", "two"),
        ("Bold", "one ", (4, 4), "one **bold**", "bold"),
        ("Bold", "a\n\nb", (0, 4), "**a**\n\n**b**", "**a**\n\n**b**"),
        ("Heading", "one\ntwo", (5, 5), "one\n## two", "two"),
        ("Heading", "# two", (3, 3), "## two", "two"),
        ("Heading", "## two", (4, 4), "two", "two"),
        ("List", "one\ntwo", (0, 7), "- one\n- two", "- one\n- two"),
        ("List", "- one\n- two", (0, 11), "one\ntwo", "one\ntwo"),
        ("Link", "see this", (4, 8), "see [this](https://)", "https://"),
        ("Link", "https://example.org/1", (0, 21), "[link](https://example.org/1)", "link"),
    ],
)
def test_button_writes_around_what_is_chosen(writer, button, before, selection, after, still):
    page = writer()
    page.locator(BODY).fill(before)
    choose(page, *selection)
    press(page, button)
    assert (text(page), chosen(page)) == (after, still)


def test_what_a_button_wrote_is_taken_back_by_undo(writer):
    page = writer()
    page.locator(BODY).press_sequentially("one")
    choose(page, 0, 3)
    press(page, "Bold")
    page.keyboard.press("Control+z")
    assert text(page) == "one"


def test_keyboard_reaches_every_button_by_one_stop_and_the_arrows(writer):
    page = writer()
    page.get_by_role("button", name="Bold").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert text(page) == "- list"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.textContent") == "List"
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "body"


def test_shortcuts_write_bold_and_links(writer):
    page = writer()
    page.locator(BODY).press_sequentially("one")
    choose(page, 0, 3)
    page.keyboard.press("Control+b")
    page.keyboard.press("Control+k")
    assert text(page) == "**[one](https://)**"


def test_preview_comes_when_it_is_asked_for_and_follows(writer):
    page = writer()
    page.locator(BODY).fill("**one**")
    assert page.locator(".markdownx-preview").is_hidden()
    press(page, "Preview")
    page.wait_for_selector(".markdownx-preview strong")
    page.locator(BODY).fill("- two")
    page.wait_for_selector(".markdownx-preview li")
    press(page, "Preview")
    assert page.locator(".markdownx-preview").is_hidden()


def test_a_preview_that_comes_late_does_not_replace_a_newer_one(writer):
    page, held = writer(), []
    page.locator(BODY).fill("**old**")
    page.route("**/preview/", lambda route: held.append((route, route.fetch())), times=1)
    press(page, "Preview")
    while not held:
        page.wait_for_timeout(50)
    page.locator(BODY).fill("- new")
    page.wait_for_selector(".markdownx-preview li")
    [(route, old)] = held
    with page.expect_response("**/preview/"):
        route.fulfill(response=old)
    page.wait_for_timeout(300)
    assert page.locator(".markdownx-preview").inner_text().strip() == "new"


def test_picture_button_opens_its_fields(writer):
    page = writer()
    press(page, "Picture")
    assert page.get_by_label("Describe the picture for people who can’t see it").first.is_visible()


def test_buttons_are_large_and_named_in_both_themes(writer):
    for scheme in ("light", "dark"):
        page = writer("events/new/", width=320, height=700, scheme=scheme)
        sizes = page.locator(".editor__tools button").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().height)"
        )
        assert min(sizes) >= 44
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        press(page, "Preview")
        assert violations(page) == []


def test_without_a_script_there_are_no_buttons(writer):
    page = writer(script=False)
    assert page.get_by_role("toolbar").count() == 0
    assert page.get_by_text("**bold**").is_visible()


# Drafts and leaving


@pytest.mark.parametrize("path", ["events/new/", "blog/new/", "organise/pages/about/en/"])
def test_unsaved_text_is_back_after_the_page_was_closed(writer, path):
    page = writer(path)
    page.locator(BODY).fill("Half a thought")
    page.goto("about:blank")
    page.go_back()
    page.reload()
    assert text(page) == "Half a thought"
    assert page.get_by_text("What you wrote here is back. It isn’t saved yet.").is_visible()


def test_thrown_away_is_gone(writer):
    page = writer()
    page.locator(BODY).fill("Half a thought")
    page.reload()
    page.get_by_role("button", name="Delete the draft").click()
    assert (text(page), drafts(page)) == ("", 0)
    page.reload()
    assert text(page) == ""


def test_stored_text_leaves_no_draft(writer):
    make_venue()
    page = writer("events/new/")
    page.get_by_label("Title").fill("Coffee")
    page.locator(BODY).fill("A thought")
    page.get_by_label("Date").fill("2099-05-07")
    page.get_by_label("Venue", exact=True).select_option(index=1)
    assert drafts(page) == 1
    page.get_by_role("button", name="Save the draft").click()
    page.wait_for_url("**/2099-05-07-coffee/")
    expect_no_draft(page)
    page.goto(page.url.replace("2099-05-07-coffee", "new"))
    assert text(page) == ""


def test_refused_text_keeps_its_draft(writer):
    page = writer("events/new/")
    page.locator(BODY).fill("A thought")
    page.locator("form[data-drafts]").evaluate("form => { form.noValidate = true; }")
    page.get_by_role("button", name="Save the draft").click()
    page.wait_for_selector(".error-summary")
    assert drafts(page) == 1
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert page.title().startswith("Error: ")


def test_a_text_that_a_colleague_changed_is_not_written_over(writer):
    post = make_post(is_draft=True, body="First")
    page = writer(f"blog/{post.pk}/edit/")
    page.locator(BODY).fill("Mine")
    Post.objects.filter(pk=post.pk).update(body="Theirs")
    page.reload()
    assert text(page) == "Theirs"
    page.get_by_role("button", name="Put my text back").click()
    assert text(page) == "Mine"
    page.reload()
    assert text(page) == "Mine"


def test_draft_has_the_text_and_nothing_else_of_the_form(writer):
    page = writer()
    page.locator(BODY).fill("A thought")
    page.locator("[name=authors-0-name]").fill("Canary")
    stored = page.evaluate("JSON.stringify({...localStorage})")
    assert "A thought" in stored and "Canary" not in stored


def test_signing_out_empties_the_browser(writer, site):
    page = writer()
    page.locator(BODY).fill("A thought")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{site}/en/me/")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()
    expect_no_draft(page)
    assert "Sign in" in page.inner_text("header")


def test_whoever_leaves_with_unsaved_text_is_asked(writer, site):
    page, asked = writer(), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator(BODY).click()
    page.keyboard.type("A thought")
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url("**/blog/posts/")
    assert asked == ["beforeunload"]


def test_whoever_changed_nothing_or_saves_is_not_asked(writer):
    page, asked = writer(), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator(BODY).click()
    page.get_by_role("link", name="Cancel").click()
    page.go_back()
    page.get_by_label("Title").fill("A title")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/edit/")
    assert asked == []


# The form of an event


def test_enter_in_a_field_never_publishes(writer):
    make_venue()
    page = writer("events/new/")
    page.get_by_label("Date").fill("2099-05-07")
    page.get_by_label("Venue", exact=True).select_option(index=1)
    page.get_by_label("Title").fill("Coffee")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2099-05-07-coffee/")
    assert Event.objects.get().is_draft


def test_event_is_published_from_its_form(writer):
    make_venue()
    page = writer("events/new/")
    page.get_by_label("Date").fill("2099-05-07")
    page.get_by_label("Or another place").fill("Slottsparken, Eksempelby")
    page.get_by_label("Title").fill("Coffee")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url("**/2099-05-07-coffee/")
    event = Event.objects.get()
    assert (event.is_published, event.venue.line) == (True, "Slottsparken, Eksempelby")
