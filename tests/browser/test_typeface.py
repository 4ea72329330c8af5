"""Pages are set in the site's own letters, and stay in place while those are on their way."""

import pytest

from tests.factories import make_event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("weight", [400, 700])
def test_page_uses_the_typeface(site, open_page, weight):
    page = open_page(f"{site}/nb/")
    assert page.evaluate(
        f"document.fonts.ready.then(() => document.fonts.check('{weight} 16px \"Chapter Sans\"', 'Åæø'))"
    )
    assert (
        page.evaluate(
            "[...document.fonts].filter(f => f.family.includes('Chapter Sans') && f.status === 'loaded').length"
        )
        == 2
    )


def test_what_is_preloaded_is_what_is_used(site, open_page):
    page = open_page(f"{site}/nb/")
    page.wait_for_load_state("networkidle")
    fetched = page.evaluate(
        "performance.getEntriesByType('resource').map(e => e.name).filter(n => n.endsWith('woff2'))"
    )
    preloaded = page.eval_on_selector_all("link[rel=preload]", "links => links.map(link => link.href)")
    assert sorted(fetched) == sorted(preloaded)


@pytest.mark.parametrize("width", [320, 390])
def test_header_is_one_row_on_a_phone_and_its_menu_needs_no_script(site, open_page, width):
    make_event(title="Kaffe")
    page = open_page(f"{site}/nb/events/", width=width, script=False)
    assert page.locator(".site-header").bounding_box()["height"] <= 64
    link = page.locator(".site-nav__link").first
    assert not link.is_visible()
    page.locator(".site-menu__button").press("Enter")
    assert link.is_visible()
    link.click()
    page.wait_for_url("**/nb/events/")


def test_menu_is_open_where_there_is_room(site, open_page):
    page = open_page(f"{site}/en/")
    names = page.get_by_role("navigation", name="Main menu").get_by_role("link").all_inner_texts()
    assert names[:2] == ["Events", "Microactions"]
    assert not page.locator(".site-menu__button").is_visible()
