"""The letters of pages: all that we need, few bytes, and a stand-in of the same size until they are there."""

import io
import re

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from chapter import typeface
from chapter.typeface import subset

# A sign of a key, the device's own in every typeface.
OTHERS = set("⌘")


@pytest.fixture(scope="module")
def cut():
    return {weight: subset.make(weight) for weight in subset.FILES.values()}


def face(woff2):
    return TTFont(io.BytesIO(woff2))


def test_both_files_are_at_most_45_kilobytes(cut):
    assert sum(map(len, cut.values())) <= 45_000


def test_every_letter_of_our_texts_is_there(cut, settings):
    texts = "".join(path.read_text("utf-8") for path in (settings.BASE_DIR / "locale").rglob("*.po"))
    needed = {letter for letter in texts if letter.isprintable()} - OTHERS
    assert {weight: needed - {chr(code) for code in face(file).getBestCmap()} for weight, file in cut.items()} == {
        "Regular": set(),
        "Bold": set(),
    }


@pytest.mark.parametrize(
    "name",
    ["Áššáš Čuđi Ŋálls Ŧ", "Þórður Ægisson", "Łukasz Żółć", "Nguyễn Thị Hằng", "Şükrü İğdır", "Ștefan Țurcanu"],
)
def test_names_of_people_are_whole(cut, name):
    assert set(map(ord, name)) <= set(face(cut["Regular"]).getBestCmap())


def test_it_is_the_same_each_time(cut):
    assert subset.make("Bold") == cut["Bold"]


def test_what_is_cut_has_another_name_and_keeps_its_licence(cut):
    names = {record.nameID: str(record) for record in face(cut["Regular"])["name"].names}
    assert names[subset.FAMILY_NAME] == "Chapter Sans"
    assert "Adobe" in names[subset.COPYRIGHT] and "SIL Open Font License" in names[subset.LICENCE_TEXT]


def test_the_licence_lies_beside_the_files():
    with open(finders.find(subset.LICENCE), encoding="utf-8") as file:
        assert "SIL OPEN FONT LICENSE" in file.read()


def test_stand_ins_are_as_high_as_the_typeface(settings):
    css = (settings.BASE_DIR / "static/css/typeface.css").read_text("utf-8")
    line = TTFont(typeface.path("Regular"))["hhea"]
    pattern = r"size-adjust: ([\d.]+)%;\s*ascent-override: ([\d.]+)%;\s*descent-override: ([\d.]+)%"
    found = [[float(number) / 100 for number in numbers] for numbers in re.findall(pattern, css)]
    assert len(found) == 4
    for width, ascent, descent in found:
        assert ascent * width == pytest.approx(line.ascent / 1000, abs=0.001)
        assert descent * width == pytest.approx(-line.descent / 1000, abs=0.001)
