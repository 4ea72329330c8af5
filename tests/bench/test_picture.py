"""The picture of a report: it says in words what it shows, and has no colours that are only for a light page."""

from xml.etree import ElementTree

from bench.picture import picture

ROWS = [
    {"part": "pages", "what": "home, kept", "per second": 4000, "ratio": 0.8, "met": True},
    {"part": "pages", "what": "home, drawn anew", "per second": 40, "ratio": 0.006},
    {"part": "pages", "what": "slowest answer", "per second": 5000},
    {"part": "growth", "what": "wall <all>", "ratio": 1.1, "ms": 46.0, "met": True},
    {"part": "growth", "what": "door", "ratio": 2.0, "ms": 90.0, "met": False},
    {"part": "growth", "what": "door, added up anew", "ms": 90.0, "met": True},
    {"part": "board", "what": "a note", "p95 ms": 100.0, "met": True},
]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(rows):
    return ElementTree.fromstring(picture(rows))


def test_picture_says_in_words_what_it_shows():
    about = drawn(ROWS).find(f"{SVG}desc").text
    assert about == (
        "home, kept: 4000 (0.80). home, drawn anew: 40 (0.01). door: 2.00 (90 ms). wall <all>: 1.10 (46 ms)"
    )


def test_longest_come_first_and_a_missed_goal_has_its_colour():
    bars = [bar.get("class") for bar in drawn(ROWS).iter(f"{SVG}rect")]
    assert bars == ["ground", "good", "plain", "missed", "good"]


def test_one_part_alone_is_drawn():
    assert len(list(drawn(ROWS[3:]).iter(f"{SVG}line"))) == 1


def test_it_is_for_dark_pages_too():
    assert "prefers-color-scheme: dark" in picture(ROWS)
