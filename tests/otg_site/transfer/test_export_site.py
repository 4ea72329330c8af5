"""A site as a folder, and the folder as a site: nothing that is the chapter's is lost, and nothing of its people goes along."""

import shutil
from datetime import date, time
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from blog.models import Comment, Post
from chapter.models import Chapter, Image
from chapter.pages import texts as pages
from events.models import Event, Series
from microactions.models import Microaction
from principles import wordings
from tests.factories import make_event, make_post, make_venue
from tests.otg_site.transfer.whole_site import SECRETS, build
from tests.pictures import encoded, plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings, tmp_path):
    build()
    call_command("export_site", str(tmp_path / "out"), stdout=StringIO())
    return tmp_path / "out"


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def export(folder, **options):
    call_command("export_site", str(folder), stdout=StringIO(), **options)
    return contents(folder)


def restore(folder, **options):
    """The report's lines, with the error that ended it, if one did, as the last."""
    out = StringIO()
    try:
        call_command("import_site", str(folder), stdout=out, **options)
    except CommandError as error:
        out.write(str(error))
    return out.getvalue().splitlines()


def refusal(folder, **options):
    return restore(folder, **options)[-1]


def start_anew(settings, tmp_path):
    """An empty, prepared site with an empty store, whose numbers go on where they were."""
    tables = [
        name
        for name in connection.introspection.table_names()
        if name.split("_")[0] in {"chapter", "events", "blog", "microactions", "principles", "facilitation"}
        and name != "chapter_cache"
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {', '.join(tables)} CASCADE")
    settings.MEDIA_ROOT = tmp_path / "other-media"
    Chapter.load()
    pages.load_shipped()
    wordings.load_shipped()


# Out


def test_export_has_a_file_for_everything(site):
    names = contents(site)
    assert {name for name in names if "/" not in name} == {
        "README.txt", "chapter.toml", "events.csv", "events-more.csv", "events-google.csv", "events.ics", "microactions.csv", "photos.csv",
        "seasons.csv", "series.csv", "sisters.csv", "venues.csv",
    }  # fmt: skip
    assert {name for name in names if name.startswith("posts/")} == {
        f"posts/{post.slug}.{post.language}.md" for post in Post.objects.published()
    }
    assert {f"wordings/principles/3.sv.{version}.md" for version in (1, 2, 3)} <= set(names)
    assert sum(name.endswith(".webp") for name in names) == 7


def test_nothing_of_people_is_exported(site):
    exported = b"\n".join(contents(site).values())
    assert [secret for secret in SECRETS if secret.encode() in exported] == []


def test_no_address_is_exported(site):
    texts = {name: content for name, content in contents(site).items() if not name.endswith((".webp", ".ics"))}
    assert [name for name, content in texts.items() if b"@example.org" in content] == []


def test_same_site_gives_the_same_bytes(site, tmp_path):
    assert export(tmp_path / "again") == contents(site)


def test_drafts_come_along_when_asked(site, tmp_path):
    names = export(tmp_path / "drafts", drafts=True)
    assert {name for name in names if "fordulgt" in name} == {
        *(f"posts/{post.slug}.nb.md" for post in Post.objects.filter(slug__contains="fordulgt")),
        *(f"wordings/events/{event.slug}.nb.1.md" for event in Event.objects.drafts()),
    }


def test_folder_that_is_not_empty_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="is not empty"):
        export(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_export_that_fails_leaves_no_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("otg_site.exporting.folder.GUIDE", tmp_path / "no guide")
    with pytest.raises(CommandError):
        export(tmp_path / "out")
    assert list(tmp_path.glob("*out*")) == []


def test_withdrawn_picture_stays_although_something_shows_it(site, tmp_path):
    Image.objects.filter(alt="Kaffe").update(withdrawn_file="images/elsewhere.webp")
    name = Image.objects.get(alt="Kaffe").file.name.removeprefix("images/")
    assert f"media/images/{name}" in contents(site)
    again = export(tmp_path / "again")
    assert [path for path, content in again.items() if name in path or name.encode() in content] == []


def test_formula_in_a_microaction_is_text_for_a_spreadsheet(site):
    table = (site / "microactions.csv").read_text("utf-8")
    assert "'+47 ganger 'takk'" in table and ",'@alle si takk," in table


def test_formula_in_the_title_of_an_event_is_text_for_a_spreadsheet(site):
    table = (site / "events.csv").read_text("utf-8")
    assert ",'=SUM(1) kaffe," in table and ",=SUM" not in table


def test_what_only_drafts_have_stays(site, tmp_path):
    home = make_venue(name="Hjemme hos noen")
    series = Series.objects.create(slug="uannonsert", starts_on=date(2026, 1, 15), starts_at=time(11, 30), venue=home)
    make_event(state=Event.State.DRAFT, venue=home, series=series, series_date=date(2026, 1, 15))
    assert "Hjemme" in str(export(tmp_path / "drafts", drafts=True))
    exported = str(export(tmp_path / "again"))
    assert ("Hjemme" in exported, "uannonsert" in exported) == (False, False)


def test_what_a_writer_took_out_of_a_summary_stays(site, tmp_path):
    said = {"topics": "- Kari spurte", "first": "- En tavle"}
    make_post(body="Innledning.\r\n\r\n- En tavle", composed=said)
    exported = str(export(tmp_path / "again"))
    assert ("Kari spurte" in exported, exported.count("- En tavle")) == (False, 2)


# And back


def test_exported_site_comes_back_to_the_byte(site, settings, tmp_path):
    start_anew(settings, tmp_path)
    lines = restore(site)
    assert [line for line in lines if line.startswith(("kept", "refused"))] == []
    assert export(tmp_path / "second") == contents(site)


def test_drafts_come_back_to_the_byte(site, settings, tmp_path):
    first = export(tmp_path / "drafts", drafts=True)
    start_anew(settings, tmp_path)
    restore(tmp_path / "drafts")
    assert export(tmp_path / "second", drafts=True) == first


def test_second_import_makes_nothing(site, settings, tmp_path):
    start_anew(settings, tmp_path)
    restore(site)
    assert restore(site, merge=True)[-1].startswith("0 made, 0 changed,")
    assert export(tmp_path / "second") == contents(site)


def test_microaction_keeps_its_address_and_the_next_one_gets_another(site, settings, tmp_path):
    numbers = list(Microaction.objects.public().order_by("id").values_list("pk", flat=True))
    start_anew(settings, tmp_path)
    restore(site)
    assert list(Microaction.objects.order_by("id").values_list("pk", flat=True)) == numbers
    assert Microaction.objects.create(what="Ny", due_on="2026-12-01").pk > max(numbers)


def test_number_that_leaves_none_for_the_next_is_not_kept(site, settings, tmp_path):
    start_anew(settings, tmp_path)
    table = site / "microactions.csv"
    head, first, *rest = table.read_text("utf-8").split("\n")
    table.write_text("\n".join([head, f"{2**63 - 1},{first.partition(',')[2]}", *rest]), "utf-8")
    restore(site)
    assert Microaction.objects.create(what="Ny", due_on="2026-12-01").pk < 10**9


def test_microaction_comes_back_as_nobodys(site, settings, tmp_path):
    start_anew(settings, tmp_path)
    restore(site)
    done = Microaction.objects.get(status="done")
    assert (done.is_unnamed, done.gets_mail, done.cheers.count()) == (True, False, 3)
    assert not Comment.objects.exists()


def test_pictures_come_back_with_their_renditions(site, settings, tmp_path):
    start_anew(settings, tmp_path)
    restore(site)
    name = Image.objects.first().file.name
    assert default_storage.exists(name) and default_storage.exists(name.replace(".webp", "-480.webp"))


def test_series_knows_its_events_again(site, settings, tmp_path):
    start_anew(settings, tmp_path)
    restore(site)
    series = Series.objects.get()
    assert [event.series_date.isoformat() for event in series.events.all()] == ["2026-01-15"]
    assert [skip.date.isoformat() for skip in series.skips.all()] == ["2026-07-16"]


def test_dry_run_stores_nothing(site, settings, tmp_path):
    start_anew(settings, tmp_path)
    made = restore(site, dry_run=True)
    assert made[-1] == "Dry run: nothing was stored."
    stored = [path for path in (tmp_path / "other-media").rglob("*") if path.is_file()]
    assert (Event.objects.count(), Image.objects.count(), stored) == (0, 0, [])


# What is refused


def test_site_with_something_on_it_is_left_alone(site):
    assert "This site is not empty" in refusal(site)


def test_what_is_here_wins_when_merging(site):
    Event.objects.filter(state="postponed").update(capacity=99)
    Post.objects.filter(language="en").update(title="Ours now")
    restore(site, merge=True)
    assert Event.objects.get(state="postponed").capacity == 99
    assert Post.objects.published().filter(language="en").get().title == "Ours now"


def test_folder_that_is_no_export_is_refused(tmp_path):
    assert "is no export" in refusal(tmp_path)


def test_link_in_the_folder_is_refused(site, settings, tmp_path):
    start_anew(settings, tmp_path)
    (site / "posts/passwd.nb.md").symlink_to("/etc/passwd")
    assert "There are links in the folder" in refusal(site)


def not_ours():
    yield "notes", encoded(plain(size=(600, 400)), "WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0")
    yield "trailing", encoded(plain(size=(600, 400)), "WEBP") + b"<script>"
    yield "jpeg", encoded(plain(size=(600, 400)), "JPEG")
    yield "size", encoded(plain(size=(64, 64)), "WEBP")
    yield "broken", b"RIFF\x14\0\0\0WEBPVP8 \x08\0\0\0aaaaaaaa"


@pytest.mark.parametrize("content", [pytest.param(content, id=name) for name, content in not_ours()])
def test_picture_that_is_not_ours_is_refused(site, settings, tmp_path, content):
    start_anew(settings, tmp_path)
    path = sorted((site / "media/images").glob("*-600x400.webp"))[0]
    path.write_bytes(content)
    assert "refused" in refusal(site)
    assert not Image.objects.filter(file=f"images/{path.name}").exists()


def test_export_of_a_copied_folder_is_the_same(site, settings, tmp_path):
    """A folder may travel on a stick: only names and contents count."""
    shutil.copytree(site, tmp_path / "stick")
    start_anew(settings, tmp_path)
    restore(tmp_path / "stick")
    assert export(tmp_path / "second") == contents(site)
