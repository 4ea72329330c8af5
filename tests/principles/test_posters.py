"""Posters: what stands on the sheet, and that it never holds more than fits."""

import re

import pytest
from django.conf import settings

from chapter.templatetags.chapter_tags import qr_code
from chapter.wordings import adopt_wording
from principles.models import Principle, PrincipleWording
from principles.reading import POSTER_SIZES, poster_text

pytestmark = pytest.mark.django_db


def poster_of(body, title="Title"):
    principle = Principle.objects.get(number=3)
    return poster_text(adopt_wording(principle, language="nb", title=title, body=body))


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_poster_holds_number_title_text_and_address(client, language):
    html = client.get(f"/{language}/principles/3/poster/").content.decode()
    sheet = html.partition('class="poster__sheet principle-3"')[2]
    wording = PrincipleWording.objects.in_language(language).get(principle=3)
    assert re.findall(r"<h1.*?>(.*?)</h1>", html) == [wording.title]
    assert wording.body_html in sheet
    assert f"/{language}/principles/3/</span>" in sheet
    assert qr_code(f"{settings.SITE_URL}/{language}/principles/3/") in sheet


def test_poster_of_all_holds_seven_titles(client):
    html = client.get("/sv/principles/poster/").content.decode()
    titles = PrincipleWording.objects.in_language("sv").order_by("principle").values_list("title", flat=True)
    assert re.findall(r'item-no">\d</span>\s*<span>(.*?)</span>', html) == list(titles)


def test_posters_print_on_a_page_without_margins(client):
    for address in ("/nb/principles/poster/", "/nb/principles/3/poster/"):
        assert 'media="print" href="/static/css/poster-page.css"' in client.get(address).content.decode()


@pytest.mark.parametrize(("letters", "size"), [(100, "poster--huge"), (600, ""), (2200, "poster--smallest")])
def test_longer_text_gets_smaller_type(letters, size):
    assert poster_of("x" * letters).size == size


def test_long_title_takes_room_from_the_text():
    assert [poster_of("x" * 600, title=title).size for title in ("Short", "t" * 70)] == ["", "poster--long"]


def test_text_longer_than_a_sheet_ends_at_a_paragraph():
    poster = poster_of("\n\n".join(f"{n} " + "x" * 500 for n in range(9)))
    assert (poster.is_cut, poster.html.count("<p>"), poster.html.count("</p>")) == (True, 4, 4)


@pytest.mark.parametrize("body", ["word " * 9_000, "- x\n" * 9_000, "[" * 20_000])
def test_hostile_text_never_overfills_the_sheet(body):
    poster = poster_of(body)
    assert poster.is_cut
    assert len(poster.html) < POSTER_SIZES[-1][0] * 2
