"""Links between the posts of one export lead to the posts here."""

from io import StringIO

import pytest
from django.core.management import call_command

from blog.models import Post

pytestmark = pytest.mark.django_db
ITEM = """
<item><title>{title}</title><link>https://old.example.org{path}</link>
<guid isPermaLink="false">https://old.example.org/?p={number}</guid>
<pubDate>Wed, 02 Jan 2019 10:00:00 +0000</pubDate>
<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_name>{slug}</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"""
EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old</title><link>https://old.example.org</link><language>en</language>
<wp:base_blog_url>https://old.example.org</wp:base_blog_url>{}</channel></rss>"""
OTHER = ITEM.format(title="Other", path="/2019/01/the-other/", number=12, slug="the-other", text="Text.")


def bring(folder, text):
    """(the text of the post that links, the lines of the report)."""
    first = ITEM.format(title="First", path="/2019/01/first/", number=11, slug="first", text=text)
    (folder / "export.xml").write_text(EXPORT.format(first + OTHER), "utf-8")
    out = StringIO()
    call_command("import_posts", str(folder / "export.xml"), language="en", stdout=out)
    return Post.objects.get(slug="first").body.strip(), out.getvalue().splitlines()


@pytest.mark.parametrize(
    "address",
    [
        "https://old.example.org/2019/01/the-other/",
        "http://www.old.example.org/2019/01/the-other",
        "https://Old.example.org/2019/01/the-other/?utm_source=x",
        "https://old.example.org/?p=12",
        "/2019/01/the-other/",
    ],
)
def test_link_to_another_post_of_the_export_leads_to_it(tmp_path, address):
    assert bring(tmp_path, f'See <a href="{address}">the other</a>.')[0] == "See [the other](/en/blog/the-other/)."


def test_the_place_in_the_other_post_is_kept(tmp_path):
    address = "https://old.example.org/2019/01/the-other/#part"
    assert bring(tmp_path, f'<a href="{address}">a</a>')[0] == "[a](/en/blog/the-other/#part)"


@pytest.mark.parametrize(
    "address",
    [
        "https://old.example.org/",
        "https://old.example.org/2019/01/gone/",
        "https://elsewhere.example.org/2019/01/the-other/",
        "https://old.example.org/?p=13",
        "https://old.example.org/2019/01/the-other/?page=2",
        "https://old.example.org/wp-content/uploads/plan.pdf",
        "mailto:us@example.org",
    ],
)
def test_other_links_stay_as_they_are(tmp_path, address):
    assert bring(tmp_path, f'<a href="{address}">a</a>')[0] == f"[a]({address})"


def test_again_nothing_changes(tmp_path):
    address = "https://old.example.org/2019/01/the-other/"
    bring(tmp_path, f'<a href="{address}">a</a>')
    text, lines = bring(tmp_path, f'<a href="{address}">a</a>')
    assert text == "[a](/en/blog/the-other/)"
    assert not [line for line in lines if line.startswith(("Made", "Changed"))]
