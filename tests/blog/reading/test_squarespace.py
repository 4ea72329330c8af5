"""Exports of Squarespace: no generator, no guid, addresses without a host, its own blocks."""

from blog.reading import wxr

CHANNEL = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Chapter</title><link>https://chapter-example.squarespace.com</link><language>en-US</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_id>-1</wp:author_id><wp:author_login>kari@example.org</wp:author_login><wp:author_email>kari@example.org</wp:author_email>
<wp:author_display_name><![CDATA[Kari Example]]></wp:author_display_name></wp:author>
"""
END = "</channel></rss>"
PICTURE = """<item><wp:attachment_url>https://images.squarespace-cdn.com/content/1/pic.png?format=1000w&content-type=image%2Fpng</wp:attachment_url>
<link>https://images.squarespace-cdn.com/content/1/pic.png</link><title>pic</title><wp:post_name>pic-png</wp:post_name><wp:post_type>attachment</wp:post_type>
<wp:post_id>5</wp:post_id><wp:post_parent>4</wp:post_parent><wp:status>inherit</wp:status><content:encoded><![CDATA[img-5]]></content:encoded></item>"""


def item(
    link="/blog/kaffe.html", *, number=4, title="Kaffe", text="<p>Tekst</p>", status="publish", kind="post", cover=""
):
    meta = f"<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value><![CDATA[{cover}]]></wp:meta_value></wp:postmeta>"
    return f"""<item><title>{title}</title><link>{link}</link><content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded><![CDATA[<p class="">Kort.</p>]]></excerpt:encoded>
<wp:post_name>{link.strip("/")}</wp:post_name><wp:post_type>{kind}</wp:post_type><wp:post_id>{number}</wp:post_id><wp:status>{status}</wp:status>
<pubDate>Fri, 07 Jun 2013 03:00:44 +0000</pubDate><wp:post_date>2013-06-07 03:00:44</wp:post_date><wp:post_date_gmt>2013-06-07 03:00:44</wp:post_date_gmt>
<dc:creator>kari@example.org</dc:creator>{meta if cover else ""}</item>"""


def read(*items, **said):
    return wxr.read((CHANNEL + "".join(items) + END).encode(), language="nb", zone="Europe/Oslo", **said)


def test_post_has_its_short_name_author_lead_and_cover():
    post = read(item("/blog/2013/6/7/kaffe.html", cover="5"), PICTURE).posts[0]
    assert (post.slug, post.authors, post.lead) == ("kaffe", [("Kari Example", "")], "Kort.")
    assert post.cover.address.startswith("https://images.squarespace-cdn.com/content/1/pic.png?")
    assert post.link == "https://chapter-example.squarespace.com/blog/2013/6/7/kaffe.html"


def test_cover_that_is_not_in_the_file_is_named():
    assert read(item(cover="99")).posts[0].notes == ["its cover isn’t in the file"]


def test_lines_are_spaces_without_a_generator():
    assert read(item(text="<p>One\ntwo</p>")).posts[0].body == "One\ntwo"


def test_title_that_is_escaped_twice_has_real_letters():
    assert read(item(title="Kaffe &amp;amp; te&amp;nbsp;")).posts[0].title == "Kaffe & te"


def test_items_without_anything_are_counted_on_one_line():
    export = read("<item />", "<item />", item())
    assert (len(export.posts), export.left_out) == (1, [])
    assert export.notes == ["2 items of the file are empty"]


def test_drafts_without_an_address_are_several():
    export = read(item("/null", number=1, title="A", status="draft"), item("/null", number=2, title="B", status="draft"), drafts=True)  # fmt: skip
    assert sorted((post.title, post.external_id, post.notes) for post in export.posts) == [
        ("A", "1", []),
        ("B", "2", []),
    ]


def test_post_in_two_exports_is_one_whatever_its_number():
    export = wxr.read((CHANNEL + item(number=4) + END + CHANNEL + item(number=9) + END).encode(), language="nb", zone="Europe/Oslo")  # fmt: skip
    assert (len(export.posts), len(export.left_out)) == (1, 1)


def test_gallery_and_caption_are_shown_once():
    text = """<div class="image-gallery-wrapper"><div class="slide"><noscript><img src="https://i.example.org/a.jpg" alt="Hall" /></noscript>
    <img class="thumb-image" data-src="https://i.example.org/a.jpg" data-image="https://i.example.org/a.jpg" alt="Hall" data-load="false" /></div></div>
    [caption id="" align="alignnone" width="2500"]<img src="https://i.example.org/b.jpg" alt="b"/> Words[/caption]"""
    assert read(item(text=text)).posts[0].body == "![Hall](https://i.example.org/a.jpg)\n\n![b](https://i.example.org/b.jpg \"Words\")"  # fmt: skip
