"""What stands for a picture where nobody has uploaded one."""

import re
from collections import namedtuple
from itertools import pairwise

import pytest
from django.utils import timezone

from chapter.models import Image
from chapter.pictures.drawings import HALF, SHAPES, TILES, TONES, tiles_of
from tests.factories import make_event, make_post, make_series

Theme = namedtuple("Theme", "number sign")
ONE, FIVE = Theme(1, "principles/signs/1.html"), Theme(5, "principles/signs/5.html")


def test_the_same_key_has_the_same_drawing_for_ever():
    said = [(tile.shape, tile.tone, tile.turn) for tile in tiles_of("2026-12-02-brevklinikken")]
    assert said[:3] == FOR_EVER


# Steady across processes and releases: a drawing that changes is another event's to whoever knows the first.
FOR_EVER = [("votes", "dark", 2), ("quarter", "pale", 0), ("disc", "paper", 1)]


def test_drawings_differ():
    drawings = {tuple(tiles_of(f"event-{n}", [ONE])) for n in range(1000)}
    assert len(drawings) == 1000


@pytest.mark.parametrize("themes", [[], [ONE], [ONE, FIVE], [ONE, FIVE, ONE]])
def test_tiles_are_of_the_theme_and_unlike_their_neighbours(themes):
    for n in range(50):
        tiles = tiles_of(n, themes)
        assert len(tiles) == TILES
        assert {tile.hue for tile in tiles} == ({theme.number for theme in themes} or {None})
        assert {tile.shape for tile in tiles} <= {*SHAPES, "sign"}
        assert {tile.tone for tile in tiles} <= set(TONES)
        assert all(one.tone != two.tone for one, two in pairwise(tiles))
        assert all(one.shape != two.shape for one, two in pairwise(tiles) if not two.sign)


def test_each_half_shows_a_sign_and_two_themes_show_both():
    for n in range(50):
        tiles = tiles_of(n, [ONE, FIVE])
        assert [tile.sign for tile in tiles[:HALF] if tile.sign] == [ONE.sign]
        assert [tile.sign for tile in tiles[HALF:] if tile.sign] == [FIVE.sign]


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_event, make_series, make_post])
def test_pages_show_the_drawing_and_a_cover_instead_of_it(client, make):
    subject = make(principles=[3])
    if make is make_series:
        make_event(series=subject, series_date=timezone.localdate())
    address = subject.get_absolute_url()
    drawn = head_of(client.get(address))
    assert 'class="drawing' in drawn
    assert drawn == head_of(client.get(address))
    subject.cover = Image.objects.create(file="images/a-480x240.webp", width=480, height=240, alt="Kaffe")
    subject.save()
    assert 'alt="Kaffe"' in head_of(client.get(address))
    assert 'class="drawing' not in head_of(client.get(address))
    Image.objects.update(withdrawn_file="images/b-480x240.webp")
    assert drawn == head_of(client.get(address))


def head_of(response):
    """From the top of the page to its text."""
    return re.split('<section|class="prose"', response.content.decode().split("<main", 1)[1])[0]
