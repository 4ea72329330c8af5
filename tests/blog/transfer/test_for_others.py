"""Posts for Hugo, Jekyll and WordPress: written so that they, and we, read them back."""

from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command

from blog import reading
from blog.models import Post
from chapter.pictures import store_image
from chapter.transfer import Report
from tests import pictures
from tests.factories import make_post

pytestmark = pytest.mark.django_db
BODY = "We met: *all* of us.\\\nThen {{< cake >}}\n\n```\na\\\n{{ b }}\n```\n\n| a | b |\n| --- | --- |\n| c | d |"


@pytest.fixture
def post():
    made = make_post(title="Notes: who came?", slug="notes", language="en", lead="Two hours", body=BODY)
    make_post(title="Kladd", slug="kladd", is_draft=True, published_at=None)
    return made


def written(folder, system, **options):
    call_command("export_posts", str(folder / "out"), system=system, stdout=StringIO(), **options)
    return {path.relative_to(folder / "out").as_posix(): path.read_bytes() for path in (folder / "out").rglob("*.*")}


def split(content):
    _, head, body = content.decode().split("---\n", 2)
    return yaml.safe_load(head), body


def test_hugo_gets_what_it_reads(post, tmp_path):
    files = written(tmp_path, "hugo")
    assert set(files) == {"content/blog/notes.en.md", "static/media/images.csv"}
    head, body = split(files["content/blog/notes.en.md"])
    assert (head["title"], head["url"], head["date"]) == ("Notes: who came?", "/en/blog/notes/", post.published_at)
    assert (head["authors"], head["summary"]) == (["Kari Eksempel"], "Two hours")
    assert "{{<" not in body and "{{ b }}" in body


def test_jekyll_gets_what_it_reads(post, tmp_path):
    files = written(tmp_path, "jekyll", drafts=True)
    name = f"_posts/{post.published_at:%Y-%m-%d}-notes.md"
    assert {name, "_drafts/kladd.md"} <= set(files)
    head, body = split(files[name])
    assert (head["permalink"], head["render_with_liquid"]) == ("/en/blog/notes/", False)
    assert "us.  \nThen" in body and "a\\\n{{ b }}" in body
    assert split(files["_drafts/kladd.md"])[0]["published"] is False


@pytest.mark.parametrize("system", ["hugo", "jekyll"])
def test_we_read_what_they_read(post, tmp_path, system):
    written(tmp_path, system, drafts=True)
    report = Report()
    posts = reading.read_folder(tmp_path / "out", report, language="nb", zone="Europe/Oslo", drafts=False)
    found = [(one.title, one.slug, one.language, one.published_at, one.authors) for one in posts]
    assert found == [(post.title, "notes", "en", post.published_at, [("Kari Eksempel", "")])]
    assert [(row.verdict, row.reason[:7]) for row in report.rows] == [("left out", "a draft")]


def test_wordpress_gets_what_it_reads_and_we_read_it_back(post, tmp_path):
    content = written(tmp_path, "wordpress", drafts=True)["posts.xml"]
    report = Report()
    posts, _ = reading.read_export(content, report, language="en", zone="Europe/Oslo", drafts=False)
    found = posts[0]
    assert (found.title, found.slug, found.lead, found.published_at) == (
        post.title,
        "notes",
        "Two hours",
        post.published_at.replace(microsecond=0),
    )
    assert found.authors == [("Kari Eksempel", "")]
    assert found.body == BODY
    assert [row.what for row in report.rows] == ["Kladd"]


def test_pictures_go_along(post, tmp_path, settings):
    upload = pictures.upload(pictures.encoded(pictures.plain(size=(600, 400)), "PNG"))
    image = store_image(upload, alt="A table")
    Post.objects.filter(pk=post.pk).update(body=f"![A table]({image.file.url})", cover=image)
    files = written(tmp_path, "hugo")
    assert f"static{image.file.url}" in files
    call_command("export_posts", str(tmp_path / "wp"), system="wordpress", stdout=StringIO())
    assert f"{settings.SITE_URL}{image.file.url}" in (tmp_path / "wp/posts.xml").read_text()


def test_folder_with_something_in_it_is_left_alone(post, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.md").write_text("mine")
    with pytest.raises(CommandError, match="is not empty"):
        written(tmp_path, "hugo")
