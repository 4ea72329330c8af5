"""`manage.py import_wordings`: stores all seven or nothing, and can be repeated."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from chapter.pages.texts import SHIPPED_SOURCE
from principles.models import PrincipleWording
from principles.wordings import load_shipped

pytestmark = pytest.mark.django_db
PAGES = Path(__file__).parent / "pages"
SOURCE = "https://page.example.org/principles"


def run(file, *, language="sv", source=SOURCE, adopted="2018-03-12", **options):
    out = StringIO()
    call_command("import_wordings", file, language=language, source=source, adopted=adopted, stdout=out, **options)
    return out.getvalue().splitlines()


def refusal(file, **options):
    before = stored()
    with pytest.raises(CommandError) as refused:
        run(file, **options)
    assert stored() == before
    return str(refused.value)


def stored():
    return list(PrincipleWording.objects.order_by("id").values_list("id", "is_current"))


def write(tmp_path, raw):
    file = tmp_path / "page.txt"
    file.write_bytes(raw)
    return file


@pytest.mark.parametrize(
    ("name", "language"), [("meetup-nb.txt", "nb"), ("blog-sv.txt", "sv"), ("principles-sv.txt", "sv")]
)
def test_each_layout_becomes_seven_current_wordings(name, language):
    run(PAGES / name, language=language)
    current = PrincipleWording.objects.in_language(language).filter(source_url=SOURCE).order_by("principle")
    assert [wording.principle_id for wording in current] == [1, 2, 3, 4, 5, 6, 7]


def test_wording_keeps_source_and_date():
    run(PAGES / "principles-sv.txt", source_name="Exempelsidan")
    wording = PrincipleWording.objects.in_language("sv").get(principle=6)
    assert (wording.title, wording.source_name, wording.source_url, wording.adopted_on, wording.version) == (
        "Gå över korridoren", "Exempelsidan", SOURCE, date(2018, 3, 12), 2,
    )  # fmt: skip
    assert "<li>Yrken: vi delar skrivbord.</li>" in wording.body_html


def test_source_is_named_after_its_host():
    run(PAGES / "principles-sv.txt")
    assert PrincipleWording.objects.in_language("sv").get(principle=1).source_name == "page.example.org"


def test_repeating_adds_nothing():
    run(PAGES / "principles-sv.txt")
    before = stored()
    assert run(PAGES / "principles-sv.txt")[0] == "1. Håll dörren öppen (unchanged, version 2)"
    assert stored() == before


def test_other_languages_are_left_alone():
    run(PAGES / "principles-sv.txt")
    assert PrincipleWording.objects.in_language("nb").filter(source_name=SHIPPED_SOURCE).count() == 7


def test_next_release_leaves_imported_wordings_alone():
    run(PAGES / "principles-sv.txt")
    before = stored()
    load_shipped()
    assert stored() == before


def test_report_says_where_number_seven_ends_and_what_was_left_out():
    *_, ends, left = run(PAGES / "meetup-nb.txt", language="nb")
    assert ends == "Number 7 ends with: … lærer oss verktøyene og forklarer dem for hverandre."
    assert left == "Left out after number 7 (52 characters): Tidligere treff (12) Kaffe i kantina Treffet er over"


def test_dry_run_stores_nothing():
    before = stored()
    lines = run(PAGES / "principles-sv.txt", dry_run=True)
    assert (lines[0], lines[-1]) == ("1. Håll dörren öppen (new, version 2)", "Dry run: nothing was stored.")
    assert stored() == before


def test_six_principles_are_refused_with_what_was_found(tmp_path):
    text = (PAGES / "principles-sv.txt").read_text("utf-8").replace("4. ", "")
    assert refusal(write(tmp_path, text.encode())) == (
        "Found 6 numbered principles (1, 2, 3, 5, 6, 7); 4 is missing. Nothing was stored."
    )


def test_principle_longer_than_a_wording_is_refused(tmp_path):
    text = "\n\n".join(f"{n}. Titel\n{'x' * (50_001 if n == 7 else 9)}" for n in range(1, 8))
    message = "Principle 7 is longer than 50000 characters. Nothing was stored."
    assert refusal(write(tmp_path, text.encode())) == message


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"1. H\xe5ll", "is not UTF-8 (byte 5). Save it again with the encoding UTF-8."),
        (b"", "is empty."),
        (b"\xef\xbb\xbf \n", "is empty."),
        (b"x" * 200_001, "is longer than 200 kB. Copy the part with the principles."),
    ],
)
def test_unreadable_file_is_refused(tmp_path, raw, message):
    file = write(tmp_path, raw)
    assert refusal(file) == f"{file} {message}"


def test_missing_file_and_directory_are_refused(tmp_path):
    assert refusal(tmp_path / "no.txt") == f"There is no file {tmp_path / 'no.txt'}."
    assert refusal(tmp_path) == f"{tmp_path} is not a file."


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"language": "no"}, "--language no: the site has nb, sv, en."),
        (
            {"source": "javascript:alert(1)"},
            "--source javascript:alert(1): give the page's whole address, with https://.",
        ),
        ({"source": "https://x.example.org/" + "a" * 500}, "--source is longer than 500 characters."),
        (
            {"source_name": SHIPPED_SOURCE},
            f"--source-name {SHIPPED_SOURCE}: that is the name of the shipped wordings.",
        ),
        ({"source_name": "x" * 201}, "--source-name is longer than 200 characters."),
        ({"adopted": "12.3.2018"}, "--adopted 12.3.2018: write the date as 2018-03-12."),
        ({"adopted": "9999-01-01"}, "--adopted 9999-01-01: that day has not come yet."),
    ],
)
def test_wrong_options_are_refused(wrong, message):
    assert refusal(PAGES / "principles-sv.txt", **wrong) == message
