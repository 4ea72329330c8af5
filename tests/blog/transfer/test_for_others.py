"""Posts for Hugo, Jekyll and WordPress: written so that they, and we, read them back."""

import re
from datetime import UTC, datetime
from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command
from lxml import etree

from blog import reading
from blog.models import Post
from chapter.pictures import store_image
from chapter.text import markdown
from chapter.transfer import Report
from tests import pictures
from tests.factories import make_post

pytestmark = pytest.mark.django_db
BODY = "We met: *all* of us.\\\nThen {{< cake >}}\n\n```\na\\\n{{ b }}\n```\n\n| a | b |\n| --- | --- |\n| c | d |"
SPACES = {"content": "http://purl.org/rss/1.0/modules/content/", "dc": "http://purl.org/dc/elements/1.1/"}
SPACES |= {name: f"http://wordpress.org/export/1.2/{end}" for name, end in (("wp", ""), ("excerpt", "excerpt/"))}


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
    assert "published" not in head


def test_jekyll_gets_what_it_reads(post, tmp_path):
    files = written(tmp_path, "jekyll", drafts=True)
    name = f"_posts/{post.published_at:%Y-%m-%d}-notes.md"
    assert {name, "_drafts/kladd.md"} <= set(files)
    head, body = split(files[name])
    assert (head["permalink"], head["render_with_liquid"]) == ("/en/blog/notes/", False)
    assert "us.  \nThen" in body and "a\\\n&#123;&#123; b }}" in body
    assert split(files["_drafts/kladd.md"])[0]["published"] is False


def test_jekylls_lists_show_the_lead(post, tmp_path):
    Post.objects.update(lead="1 < 2 & 3")
    files = written(tmp_path, "jekyll")
    (head,) = [split(content)[0] for name, content in files.items() if name.startswith("_posts/")]
    assert (head["excerpt"], head["summary"]) == ("1 &lt; 2 &amp; 3", "1 < 2 & 3")


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


def items(folder, **options):
    channel = etree.fromstring(written(folder, "wordpress", **options)["posts.xml"]).find("channel")
    return [{name: one.findtext(name, namespaces=SPACES) for name in NAMES} for one in channel.iter("item")], channel


NAMES = ("title", "link", "wp:post_date", "wp:post_date_gmt", "dc:creator", "content:encoded", "excerpt:encoded")


def test_wordpress_gets_addresses_and_the_chapters_clock(post, tmp_path, settings):
    Post.objects.update(published_at=datetime(2026, 5, 4, 22, 30, tzinfo=UTC))
    ((found,), _) = items(tmp_path)
    assert found["link"] == f"{settings.SITE_URL}/en/blog/notes/"
    assert (found["wp:post_date"], found["wp:post_date_gmt"]) == ("2026-05-05 00:30:00", "2026-05-04 22:30:00")


def test_wordpress_takes_title_and_lead_for_html(post, tmp_path):
    Post.objects.update(title="<b> & c", lead="1 < 2", body_html="<p>[gallery] [x]</p>")
    ((found,), _) = items(tmp_path)
    assert (found["title"], found["excerpt:encoded"]) == ("&lt;b&gt; &amp; c", "1 &lt; 2")
    assert found["content:encoded"] == "<p>&#91;gallery] [x]</p>"


def test_wordpress_knows_authors_by_login(post, tmp_path):
    (found, channel) = items(tmp_path)
    login = channel.findtext("wp:author/wp:author_login", namespaces=SPACES)
    assert (login, found[0]["dc:creator"]) == ("kari-eksempel", "kari-eksempel")
    assert channel.findtext("wp:author/wp:author_display_name", namespaces=SPACES) == "Kari Eksempel"


def test_wordpress_takes_no_two_posts_for_one(post, tmp_path):
    moment = datetime(2026, 5, 4, tzinfo=UTC)
    for slug in ("a", "b"):
        make_post(title="Same", slug=slug, published_at=moment)
        make_post(title="Draft", slug=f"draft-{slug}", is_draft=True, changed_at=moment)
    found, _ = items(tmp_path, drafts=True)
    assert len({(one["title"], one["wp:post_date"]) for one in found}) == len(found) == 6


def test_wordpress_gets_each_picture_and_points_at_its_copy(post, tmp_path):
    two = [_image(colour) for colour in ("red", "blue")]
    body = "\n\n".join(f"![A table]({image.file.url})" for image in two)
    Post.objects.filter(pk=post.pk).update(body=body, body_html=markdown.to_html(body))
    found, channel = items(tmp_path)
    addresses = [one.text for one in channel.iter(f"{{{SPACES['wp']}}}attachment_url")]
    assert re.findall(r'src="([^"]*)"', found[0]["content:encoded"]) == addresses
    assert "srcset" not in found[0]["content:encoded"]
    assert len({(one["title"], one["wp:post_date"]) for one in found}) == 3


def _image(colour):
    upload = pictures.upload(pictures.encoded(pictures.plain(size=(600, 400), color=colour), "PNG"))
    return store_image(upload, alt="A table")


def test_principles_are_tags_and_languages_categories(post, tmp_path):
    post.principles.add(1)
    make_post(title="Lunsj", slug="lunsj", language="nb")
    head, _ = split(written(tmp_path, "hugo")["content/blog/notes.en.md"])
    assert head["tags"] == ["Work in the open and positively"]
    _, channel = items(tmp_path / "wp")
    terms = [(one.get("domain"), one.get("nicename"), one.text) for one in channel.iter("category")]
    assert terms == [
        ("category", "nb", "Norsk"),
        ("post_tag", "work-in-the-open-and-positively", "Work in the open and positively"),
        ("category", "en", "English"),
    ]


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
