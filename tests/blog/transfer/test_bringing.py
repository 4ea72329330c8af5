"""Posts from a file on the organisers' page: read first, brought in when someone says so, and never more than that."""

import io
import zipfile
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.models import Post
from blog.transfer import archives
from blog.transfer.bringing import DOOR
from chapter.models import AuditEntry, Image, ImportFile
from chapter.transfer import bringing
from tests.factories import make_import_file, make_organiser
from tests.pictures import encoded, plain

pytestmark = pytest.mark.django_db
POST = b"---\ntitle: Kaffe\ndate: 2026-03-01\n---\nTekst om kaffe.\n"
DRAFT = b"---\ntitle: Hemmelig\ndraft: true\n---\nTekst.\n"
WAS = "Fra WordPress → fra-wordpress (was https://blog.example.org)"
EXPORT = b"""<rss xmlns:content="c" xmlns:wp="w"><channel><link>https://blog.example.org</link>
<item><title>Fra WordPress</title><guid>1</guid><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:post_date_gmt>2026-03-01 10:00:00</wp:post_date_gmt><content:encoded>Tekst.</content:encoded></item>
<item><title>Utkast</title><guid>2</guid><wp:status>draft</wp:status><wp:post_type>post</wp:post_type>
<content:encoded>Tekst.</content:encoded></item></channel></rss>"""


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def organiser(client):
    member = make_organiser()
    client.force_login(member)
    return member


def zipped(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def upload(client, content, *, name="export.xml", **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("posts_bring"), {"file": file, "language": "nb", **fields})


def work():
    for pk in ImportFile.objects.values_list("pk", flat=True):
        bringing.work_on(DOOR, pk)


def take(client):
    client.post(reverse("posts_take", args=[ImportFile.objects.get().pk]))
    work()


def page(client, language="en"):
    with translation.override(language):
        return " ".join(client.get(reverse("posts_bring")).content.decode().split())


def report():
    return [(verdict, bringing.remarks.shown(what)) for verdict, what, why in ImportFile.objects.get().report["rows"]]


@pytest.mark.parametrize(
    ("name", "content", "made", "left"),
    [
        ("export.xml", EXPORT, WAS, "Utkast"),
        ("blog.zip", zipped(**{"blog/a.md": POST, "blog/b.md": DRAFT}), "Kaffe → a", "b.md"),
        ("wordpress.zip", zipped(**{"export.xml": EXPORT}), WAS, "Utkast"),
    ],
)
def test_a_file_is_read_and_nothing_is_stored(client, organiser, name, content, made, left):
    assert upload(client, content, name=name).status_code == 302
    assert "The file is being read" in page(client)
    work()
    assert (Post.objects.count(), "Nothing is stored yet" in page(client)) == (0, True)
    assert sorted(report()) == sorted([("left out", left), ("made", made)])


def test_what_was_read_becomes_a_draft_when_someone_says_so(client, organiser):
    upload(client, POST, name="kaffe.md")
    work()
    take(client)
    assert [(post.title, post.is_draft, post.slug) for post in Post.objects.all()] == [("Kaffe", True, "kaffe")]
    assert "The file has been brought in" in page(client)
    assert [(line.verb, line.about) for line in AuditEntry.objects.all()] == [("posts_brought_in", "kaffe.md")]


def test_a_draft_is_never_published(client, organiser):
    upload(client, zipped(**{"a.md": POST, "b.md": DRAFT}), name="blog.zip", publish="on", drafts="on")
    work()
    take(client)
    drafts = dict(Post.objects.values_list("title", "is_draft"))
    assert drafts["Hemmelig"] is True


def test_a_picture_in_the_zip_comes_along(client, organiser):
    text = POST + b"\n![En kopp](img/kopp.png)\n"
    upload(
        client,
        zipped(**{"blog/_posts/a.md": text, "blog/_posts/img/kopp.png": encoded(plain(), "PNG")}),
        name="b.zip",
    )
    work()
    assert Image.objects.count() == 0
    take(client)
    assert (Image.objects.count(), "/media/images/" in Post.objects.get().body) == (1, True)


def test_the_same_file_again_makes_nothing_new(client, organiser):
    for _ in range(2):
        upload(client, zipped(**{"blog/a.md": POST}), name="blog.zip")
        work()
        take(client)
    assert (Post.objects.count(), [verdict for verdict, _ in report()]) == (1, ["same"])


def test_the_report_is_in_the_language_of_who_reads_it(client, organiser):
    upload(client, zipped(**{"a.md": POST, "b.rst": b"Text"}), name="blog.zip")
    work()
    with translation.override("nb"):
        wanted = translation.gettext("not Markdown: save it as Markdown, or copy the text")
    assert (wanted in page(client, "nb"), "not Markdown" in page(client, "en")) == (True, True)


def test_how_far_it_is_can_be_seen(client, organiser):
    make_import_file(kind="posts", state="taking", report={"done": 15, "of": 40})
    assert "15 of 40 so far." in page(client)


def test_a_file_of_events_is_not_brought_in_as_posts(client, organiser):
    file = make_import_file()
    client.post(reverse("posts_take", args=[file.pk]))
    assert (ImportFile.objects.get().state, "events.csv" in page(client)) == ("tried", False)


def test_posts_may_be_read_while_events_wait(client, organiser):
    make_import_file()
    upload(client, POST, name="a.md")
    assert sorted(ImportFile.objects.values_list("kind", flat=True)) == ["events", "posts"]


def test_one_file_of_posts_at_a_time(client, organiser):
    upload(client, POST, name="a.md")
    upload(client, POST, name="b.md")
    assert "Another file is being read" in page(client)


def test_an_import_that_says_how_far_it_is_keeps_its_turn(client, organiser):
    file = make_import_file(kind="posts", state="taking", asked_at=timezone.now() - timedelta(minutes=20))
    bringing._teller(file)(1, 2)
    upload(client, POST, name="b.md")
    assert "Another file is being read" in page(client)


def bomb():
    return zipped(**{f"{number}.md": b"a" * 7_900_000 for number in range(30)})


def test_a_zip_that_unpacks_to_too_much_is_refused():
    upload_of = make_import_file(kind="posts", state="trying", name="bomb.zip", content=bomb())
    bringing.work_on(DOOR, upload_of.pk)
    file = ImportFile.objects.get()
    assert (file.state, bringing.remarks.shown(file.report["error"])) == (
        "refused",
        "the ZIP file holds more than 200 MB",
    )


def test_a_trial_says_which_pictures_do_not_come(client, organiser):
    cover = b"<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>8</wp:meta_value></wp:postmeta>"
    picture = b"<item><wp:post_id>8</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://blog.example.org/8.png</wp:attachment_url></item></channel>"  # fmt: skip
    text = b'Tekst. &lt;img src="https://blog.example.org/9.png"&gt;</content:encoded>' + cover
    content = EXPORT.replace(b"Tekst.</content:encoded>", text, 1).replace(b"</channel>", picture)
    upload(client, content)
    work()
    said = page(client)
    assert ("1 picture is left as a link." in said, "https://blog.example.org/8.png is left out" in said) == (
        True,
        True,
    )


def test_a_file_of_another_kind_is_said_to_be_one(client, organiser):
    upload(client, b"%PDF-1.7", name="letter.pdf")
    work()
    assert "neither an export of a blog" in page(client)


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_zip_of_any_bytes_is_unpacked_or_refused(tmp_path_factory, content):
    whole = zipped(**{"a.md": POST, "b.md": POST})
    for made in (b"PK\x03\x04" + content, whole[:40] + content + whole[40:], whole[: len(whole) - len(content) % 80]):
        with suppress(archives.NotAnArchive):
            archives.unpack(made, tmp_path_factory.mktemp("place"), bringing.Report())


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\x03\x04 no zip", b"<html></html>", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_cannot_be_read_says_why(client, organiser, content):
    upload(client, content, name="file.zip")
    work()
    file = ImportFile.objects.get()
    assert (file.state in ("refused", "tried"), Post.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    "name", ["../../etc/a.md", "/etc/a.md", "a/../../a.md", "\\..\\a.md", "C:/../../a.md", "x" * 300 + ".md"]
)
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    content = zipped(**{name: POST, "b.md": POST})
    place = tmp_path / "place"
    place.mkdir()
    archives.unpack(content, place, bringing.Report())
    assert {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")} == {"place"}


def test_a_link_in_a_zip_is_passed_over(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("passwd.md")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    archives.unpack(made.getvalue(), tmp_path, bringing.Report())
    assert list(tmp_path.rglob("*")) == []


def test_names_of_a_mac_are_read(tmp_path):
    content = zipped(**{"xxxx.md": POST}).replace(b"xxxx.md", "blå.md".encode())
    archives.unpack(content, tmp_path, bringing.Report())
    assert [path.name for path in tmp_path.rglob("*")] == ["blå.md"]


@pytest.mark.parametrize("content", [b"", b"x" * 25_000_001])
def test_a_file_of_no_size_or_too_much_is_refused_beside_its_field(client, organiser, content):
    answer = upload(client, content)
    assert (list(answer.context["form"].errors), ImportFile.objects.count()) == (["file"], 0)
