"""Small parts that many pages are made of: pages of a list, panels, tags, languages, names, headers."""

from datetime import UTC, datetime

import pytest
from django.db import DataError
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from chapter import languages, panels
from chapter.models import Chapter, Delivery, Image, Member, Page
from chapter.templatetags import chapter_tags
from chapter.text import plain_slug
from chapter.web import middleware
from chapter.web.paging import page_of


def asked(path):
    return RequestFactory().get(path)


# Pages of a list
@pytest.mark.parametrize(
    ("page", "rows"),
    [("", [1, 2]), ("2", [3, 4]), ("3", [5]), ("99", [5]), ("0", [5]), ("-1", [5]), ("x", [1, 2]), ("٢", [3, 4])],
)
def test_odd_page_gives_the_nearest(page, rows):
    assert list(page_of([1, 2, 3, 4, 5], asked(f"/?page={page}"), per_page=2)) == rows


def test_empty_list_has_one_page():
    page = page_of([], asked("/"), per_page=2)
    assert (list(page), page.numbers, page.has_other_pages()) == ([], [1], False)


def test_numbers_of_a_long_list_are_cut_short():
    numbers = page_of(range(100), asked("/?page=25"), per_page=2).numbers
    assert [n for n in numbers if isinstance(n, int)] == [1, 23, 24, 25, 26, 27, 50]


# Panels
def test_panels_come_in_order_and_only_with_something_to_show(monkeypatch):
    monkeypatch.setattr(panels, "_panels", type(panels._panels)(list))
    for order, shown in [(30, {"a": 3}), (10, {}), (20, None)]:
        panels.panel("event", template=f"{order}.html", order=order)(lambda subject, request, shown=shown: shown)
    panels.panel("me", template="me.html")(lambda subject, request: {})
    assert panels.panels_for("event", None, None) == [("10.html", {}), ("30.html", {"a": 3})]


# Tags
def test_moment_is_shown_on_the_clock_of_the_place():
    moment = chapter_tags.on_clock(datetime(2030, 7, 1, 22, 30, tzinfo=UTC), "Europe/Oslo")
    assert (moment.day, moment.hour, moment.minute) == (2, 0, 30)


@pytest.mark.parametrize(
    ("query", "changes", "made"),
    [
        ("", {}, "?"),
        ("?a=1", {}, "?a=1"),
        ("?a=1&page=3", {"page": ""}, "?a=1"),
        ("?a=1&page=3", {"page": None, "a": 2}, "?a=2"),
        ("?a=%26&b=1", {"b": "x&y"}, "?a=%26&b=x%26y"),
    ],
)
def test_query_is_changed_in_place(query, changes, made):
    assert chapter_tags.with_query({"request": asked(f"/{query}")}, **changes) == made


# Languages
@pytest.mark.parametrize(("active", "page"), [("nb", "nb"), ("en-gb", "en"), ("de", "nb"), (None, "nb")])
def test_page_is_in_one_of_the_three_languages(active, page):
    with translation.override(active):
        assert languages.current() == page


def test_language_is_remembered_for_a_year_and_out_of_reach_of_other_sites():
    response = HttpResponse()
    languages.remember(response, "sv")
    cookie = response.cookies["django_language"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("sv", 365 * 24 * 3600, "Lax")


# Headers and trouble
@pytest.mark.parametrize(("cookie", "cached"), [("", "no-cache"), ("session=x", "no-store, private")])
def test_pages_are_asked_for_again_and_those_of_members_kept_in_no_cache(cookie, cached):
    request = RequestFactory().get("/", headers={"cookie": cookie})
    response = middleware.constant_headers(lambda request: HttpResponse())(request)
    assert response["Cache-Control"] == cached
    assert middleware.HEADERS.items() <= dict(response.headers).items()


def test_header_that_a_view_has_set_stays():
    view = middleware.constant_headers(lambda request: HttpResponse(headers={"Cache-Control": "max-age=60"}))
    assert view(RequestFactory().get("/", headers={"cookie": "session=x"}))["Cache-Control"] == "max-age=60"


@pytest.mark.parametrize(("error", "status"), [(DataError(), 400), (ValueError(), None)])
def test_only_known_trouble_becomes_a_page(error, status):
    response = middleware.FriendlyErrors(None).process_exception(asked("/nb/"), error)
    assert (response and response.status_code) == status


# Names
@pytest.mark.parametrize(
    ("name", "shown", "short"),
    [("Kari Eksempel", "Kari Eksempel", "Kari"), ("", "kari.e", "kari.e")],
)
def test_member_without_a_name_goes_by_the_address(name, shown, short):
    member = Member(email="kari.e@example.org", name=name)
    assert (str(member), member.get_full_name(), member.get_short_name()) == (shown, shown, short)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (Image(file="images/a.webp", width=1, height=1), "images/a.webp"),
        (Image(caption="Board"), "Board"),
        (Image(alt="A board", caption="Board"), "A board"),
        (Delivery(kind="hello", object_id=1), "hello 1  0"),
        (Page(key="about"), "about"),
    ],
)
def test_rows_say_what_they_are(row, shown):
    assert str(row) == shown


def test_chapter_links_only_to_where_it_is():
    chapter = Chapter(slack_url="https://a.example.org", meetup_url="https://b.example.org")
    assert chapter.links == [("Slack", "https://a.example.org"), ("Meetup", "https://b.example.org")]


@pytest.mark.django_db
def test_address_is_stored_in_small_letters_with_no_password():
    member = Member.objects.create_user("Kari@EXAMPLE.org")
    assert (member.email, member.has_usable_password(), member.is_organiser) == ("kari@example.org", False, False)


@pytest.mark.django_db
def test_superuser_is_organiser_and_staff():
    boss = Member.objects.create_superuser("ola@example.org")
    assert (boss.is_organiser, boss.is_staff, boss.is_superuser) == (True, True, True)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Blåbær & smør på brød", "blabaer-smor-pa-brod"),
        ("Bla\u030aba\u0308r", "blabar"),
        ("Översättning", "oversattning"),
        ("Kaffe/te · mandag–fredag…kl. 9", "kaffe-te-mandag-fredag-kl-9"),
        ("ÞÓRÐUR þórður", "thordur-thordur"),
        ("Đorđe łódź Straße GROẞ", "dorde-lodz-strasse-gross"),
        ("Diyarbakır İzmir ığdır", "diyarbakir-izmir-igdir"),
        ("Sámi: čáhci, ŋuolli, ŧ, đ", "sami-cahci-nguolli-t-d"),
        ("Łukasz œuvre ħobża ɖ ɛ", "lukasz-oeuvre-hobza-d-e"),
        ("Привет, как дела?", "privet-kak-dela"),
        ("Щедрый вечір на Ґанку, ёлка їжак", "shchedryi-vechir-na-ganku-elka-izhak"),
        ("Ђорђе Љубав Његош", "dorde-ljubav-njegosh"),
        ("Καλημέρα κόσμε, ψωμί", "kalimera-kosme-psomi"),
        ("ｗｉｄｅ ﬁne", "wide-fine"),
        ("Lean Coffee 咖啡", "lean-coffee"),
        ("日本", ""),
        ("第3回", ""),
        ("مرحبا 2026", ""),
        ("שלום", ""),
        ("😀 🎉", ""),
        ("2026", "2026"),
    ],
)
def test_addresses_keep_letters_readable(title, slug):
    assert plain_slug(title) == slug
