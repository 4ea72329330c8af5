"""Importing again under another name: a ZIP file or folder that was renamed or moved, a blog with a new address."""

import pytest
from django.core.management import call_command

from blog.models import Post
from blog.transfer.bringing import DOOR
from chapter.models import Chapter, Image, ImportFile
from chapter.transfer import bringing
from tests.factories import make_import_file
from tests.pictures import encoded, plain

from .test_bringing import zipped

pytestmark = pytest.mark.django_db
FILES = {
    "a.md": b"---\ntitle: Kaffe\ndate: 2026-03-01\n---\nTekst og [te](b.md).\n\n![Kopp](kopp.png)\n",
    "b.md": b"---\ntitle: Te\ndate: 2026-03-02\n---\nTekst.\n",
}


def files(folder="", **more):
    found = {**FILES, "kopp.png": encoded(plain(), "PNG"), **more}
    return {f"{folder}{name}": content for name, content in found.items()}


def bring(name, content):
    file = make_import_file(kind="posts", state="taking", name=name, content=content)
    bringing.work_on(DOOR, file.pk)
    file.refresh_from_db()
    assert file.state == "done", file.report
    ImportFile.objects.all().delete()
    return {verdict: number for verdict, number in file.report["counts"].items() if number}


@pytest.fixture(autouse=True)
def chapter():
    return Chapter.load()


PLACES = {
    "another name": ("ny.zip", ""),
    "in a folder": ("blog.zip", "min-blogg/"),
    "deep in a folder": ("blog.zip", "side/content/posts/"),
}


@pytest.mark.parametrize("place", PLACES)
def test_posts_of_a_zip_are_known_wherever_they_lie(place):
    name, folder = PLACES[place]
    assert bring("blog.zip", zipped(**files())) == {"made": 2}
    # Something beside it keeps the folder in the names.
    assert bring(name, zipped(**files(folder, **({"../README.md": b"# Read"} if folder else {})))) in ({"same": 2}, {"same": 2, "left out": 1})  # fmt: skip
    assert (Post.objects.count(), Image.objects.count()) == (2, 1)


def test_posts_whose_names_have_a_folder_before_them_are_known():
    bring("blog.zip", zipped(**files()))
    moved = {**files("content/"), "static/x.png": encoded(plain(), "PNG")}
    assert bring("blog.zip", zipped(**moved)) == {"same": 2}
    assert Post.objects.count() == 2


def test_changed_post_of_a_renamed_zip_is_changed():
    bring("blog.zip", zipped(**files()))
    changed = files(**{"b.md": FILES["b.md"].replace(b"Tekst.", b"Ny tekst.")})
    assert bring("ny.zip", zipped(**changed)) == {"changed": 1, "same": 1}
    assert sorted(Post.objects.values_list("title", flat=True)) == ["Kaffe", "Te"]


def test_post_that_was_deleted_here_does_not_come_back_under_another_name():
    bring("blog.zip", zipped(**files()))
    Post.objects.get(title="Kaffe").delete()
    assert bring("ny.zip", zipped(**files())) == {"same": 1, "kept": 1}


def test_folder_and_zip_are_one_source(tmp_path):
    folder = tmp_path / "blogg"
    folder.mkdir()
    for name, content in files().items():
        (folder / name).write_bytes(content)
    call_command("import_posts", str(folder))
    assert bring("ny.zip", zipped(**files())) == {"same": 2}


def test_another_blog_with_files_of_the_same_names_stays_another():
    bring("blog.zip", zipped(**files()))
    other = {"a.md": b"---\ntitle: Saft\ndate: 2025-03-01\n---\nTekst.\n", "b.md": b"---\ntitle: Vann\ndate: 2025-03-02\n---\nTekst.\n"}  # fmt: skip
    assert bring("ny.zip", zipped(**other)) == {"made": 2}
    assert bring("ny.zip", zipped(**other)) == {"same": 2}
    assert Post.objects.count() == 4


def test_file_with_the_name_of_another_never_overwrites_its_post():
    assert bring("index.md", FILES["a.md"]) == {"made": 1}
    for expected in ({"made": 1}, {"same": 1}):
        assert bring("index.md", FILES["b.md"]) == expected
    assert bring("index.md", FILES["a.md"]) == {"same": 1}
    assert sorted(Post.objects.values_list("title", flat=True)) == ["Kaffe", "Te"]


EXPORT = """<rss xmlns:content="c" xmlns:wp="w"><channel><link>https://{host}</link><item><title>Kaffe</title>
<link>https://{host}/kaffe</link><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_name>kaffe</wp:post_name>
<wp:post_date_gmt>2026-03-01 10:00:00</wp:post_date_gmt><content:encoded>Tekst.</content:encoded></item></channel></rss>"""


def test_blog_that_moved_to_another_address_is_known():
    bring("a.xml", EXPORT.format(host="chapter.squarespace.example").encode())
    assert bring("b.xml", EXPORT.format(host="chapter.example.org").encode()) == {"same": 1}


def test_two_posts_of_one_title_and_date_stay_two():
    double = {"a.md": FILES["b.md"], "c.md": FILES["b.md"]}
    assert bring("blog.zip", zipped(**double)) == {"made": 2}
    assert bring("ny.zip", zipped(**double)) == {"same": 2}
