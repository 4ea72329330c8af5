"""Exports of WordPress and Squarespace: mended where they are broken, and nothing lost without a word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.reading import wxr
from blog.reading.wxr import NotAnExport

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">\n<channel><title>Blogg</title><link>https://blog.example.org</link><wp:base_blog_url>https://blog.example.org</wp:base_blog_url>\n'
END = "</channel></rss>"


def item(number=1, *, title="Kaffe", text="<p>Tekst</p>", status="publish", guid=None, more="", kind="post", gmt="2020-05-01 10:00:00"):  # fmt: skip
    guid = guid or f"https://blog.example.org/?p={number}"
    return f"""<item><title>{title}</title><link>https://blog.example.org/p{number}/</link><guid isPermaLink="false">{guid}</guid>
    <content:encoded><![CDATA[{text}]]></content:encoded><wp:post_id>{number}</wp:post_id><wp:post_date>2020-05-01 12:00:00</wp:post_date>
    <wp:post_date_gmt>{gmt}</wp:post_date_gmt><wp:post_name>p{number}</wp:post_name><wp:status>{status}</wp:status>
    <wp:post_type>{kind}</wp:post_type>{more}</item>
"""


def read(*items, head=HEAD, end=END, **said):
    content = head + "".join(items) + end
    return wxr.read(
        content if isinstance(content, bytes) else content.encode(), language="nb", zone="Europe/Oslo", **said
    )


def body(text, **said):
    return read(item(text=text, **said)).posts[0].body


# Mending

BROKEN = {
    "control in a text": (HEAD + item(text="a\x0cb") + END, "characters that aren’t allowed in XML were removed (1)"),
    "control as a number": (HEAD + item(title="a&#12;b") + END, "characters that aren’t allowed in XML were removed (1)"),
    "warning before": ("<b>Warning</b>: a.php\n" + HEAD + item() + END, "there was something before the XML"),
    "bare ampersand": (HEAD + item(title="Kaffe & te &x=1;") + END, "an & stood alone (2 times)"),
    "letters of HTML": (HEAD + item(title="Kaffe&nbsp;&aring;") + END, "letters were written as in HTML (2 times)"),
    "tag that is not closed": (HEAD + item(more="<wp:x><b></wp:x>") + END, "it wasn’t well-formed XML"),
    "prefix without a name": (HEAD.replace(' xmlns:wp="http://wordpress.org/export/1.2/"', "") + item() + END, "it wasn’t well-formed XML"),
    "no end": (HEAD + item(), "it ends too early"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_export_that_is_not_well_formed_is_mended_and_said(kind):
    content, said = BROKEN[kind]
    export = read(head=content, end="")
    assert [post.slug for post in export.posts] == ["p1"]
    assert any(note.startswith(f"the file was repaired: {said}") for note in export.notes)


@pytest.mark.parametrize("before", ["", "\n\n", "\ufeff"])
def test_whole_export_has_nothing_to_say(before):
    assert (len(read(item(), head=before + HEAD).posts), read(item()).notes) == (1, [])


def test_ampersand_in_a_text_stays():
    assert read(item(text="<p>a &amp; b & c</p>", title="A & B")).posts[0].body == "a & b & c"


def test_post_in_which_the_file_breaks_off_is_no_half_post():
    whole = item(2, title="Halv", status="draft")
    export = read(item(), whole[: whole.index("]]>")], end="")
    assert [post.title for post in export.posts] == ["Kaffe"]
    assert export.left_out == [("Halv", "the file ends in the middle of it")]


@pytest.mark.parametrize("codec", ["utf-16", "cp1252", "iso-8859-1", "mac_roman"])
def test_letters_of_any_set_are_read(codec):
    content = (HEAD + item(title="Blåbær") + END).encode(codec)
    assert wxr.read(content, language="nb", zone="Europe/Oslo").posts[0].title == "Blåbær"
    declared = content.decode(codec).replace("UTF-8", codec).encode(codec)
    assert wxr.read(declared, language="nb", zone="Europe/Oslo").posts[0].title == "Blåbær"


@pytest.mark.parametrize("content", ["", "<html></html>", "<rss>" + "&" * 150_000, "<feed/>", "x" * 100, "<rss", "<rss>" + "<a>" * 5000, '<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>', "<?xml version='1.0'?><!DOCTYPE rss SYSTEM 'file:///etc/passwd'><html/>"])  # fmt: skip
def test_what_is_no_export_is_refused(content):
    with pytest.raises(NotAnExport):
        read(head=content, end="")


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_bytes_are_posts_or_a_refusal(data):
    whole = (HEAD + item(text="<p>a</p>[gallery ids='1']") + item(2) + END).encode()
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=6))
    content = bytes(content[: data.draw(st.sampled_from([len(whole), len(whole) // 2, 300]))])
    try:
        export = wxr.read(content, language="nb", zone="Europe/Oslo")
    except NotAnExport:
        return
    assert all(isinstance(post.body, str) for post in export.posts)


# Nothing lost, nothing public that was not


@pytest.mark.parametrize(
    "status", ["draft", "pending", "private", "trash", "auto-draft", "", " Draft ", "inherit", "unheard"]
)
def test_what_was_not_public_is_left_out_by_name(status):
    export = read(item(), item(2, title="Hemmelig", status=status))
    assert [post.title for post in export.posts] == ["Kaffe"]
    assert [name for name, _ in export.left_out] == ["Hemmelig"]


@pytest.mark.parametrize(("status", "comes"), [("draft", True), ("pending", True), ("private", True), ("trash", False), ("auto-draft", False)])  # fmt: skip
def test_unfinished_posts_come_as_drafts_when_asked(status, comes):
    posts = read(item(), item(2, title="Hemmelig", status=status), drafts=True).posts
    assert [post.is_draft for post in posts if post.title == "Hemmelig"] == ([True] if comes else [])


def test_password_and_pages_are_left_out():
    export = read(
        item(more="<wp:post_password>x</wp:post_password>"), item(2, kind="page"), item(3, kind="nav_menu_item")
    )
    assert [reason for _, reason in export.left_out] == ["it has a password", "a page", "a nav_menu_item"]


def test_copies_with_one_identifier_are_two_posts():
    first, second = read(item(9, title="Kopi", guid="x"), item(7, title="Først", guid="x"), item(8, guid="y")).posts[
        ::2
    ]
    named = {
        post.title: post.external_id
        for post in read(item(9, title="Kopi", guid="x"), item(7, title="Først", guid="x")).posts
    }
    assert named == {"Først": "x", "Kopi": "x #9"}
    assert first.external_id != second.external_id


def test_every_item_is_a_post_a_file_or_a_line():
    attachment = item(
        4, kind="attachment", more="<wp:attachment_url>https://blog.example.org/a.jpg</wp:attachment_url>"
    )
    export = read(item(), item(2, status="draft"), item(3, kind="page"), attachment)
    assert len(export.posts) + len(export.left_out) + 1 == 4
    assert export.notes == ["of the file’s 4 items, 1 is a picture or another file, used where a post shows it"]


# Texts


def test_title_has_no_tags_and_real_letters():
    posts = read(item(title="<![CDATA[<em>Kaffe</em> &#8211; &quot;te&quot; &amp; saft]]>")).posts
    assert posts[0].title == 'Kaffe – "te" & saft'


def test_letters_that_were_stored_wrongly_are_mended_and_said():
    post = read(item(title="BlÃ¥bÃ¦r", text="<p>Kaffe â€“ og smÃ¸r</p>")).posts[0]
    assert (post.title, post.body, len(post.notes)) == ("Blåbær", "Kaffe – og smør", 1)


def test_date_without_gmt_is_on_the_chapters_clock():
    post = read(item(gmt="0000-00-00 00:00:00")).posts[0]
    assert f"{post.published_at:%Y-%m-%d %H:%M %Z}" == "2020-05-01 10:00 UTC"


@pytest.mark.parametrize(
    ("feed", "hour"), [("Mon, 30 Nov -0001 00:00:00 +0000", 10), ("Fri, 01 May 2020 02:00:00 -0500", 7)]
)
def test_date_of_the_feed_counts_where_it_is_one(feed, hour):
    post = read(item(gmt="0000-00-00 00:00:00", more=f"<pubDate>{feed}</pubDate>")).posts[0]
    assert f"{post.published_at:%Y-%m-%d %H:%M}" == f"2020-05-01 {hour:02}:00"


@pytest.mark.parametrize("gmt", ["2020-99-99 10:00:00", "", "soon", "0000-00-00 00:00:00"])
def test_date_of_a_draft_that_never_had_one_is_none(gmt):
    assert read(item(), item(2, gmt=gmt, status="draft"), drafts=True).posts[-1].published_at is None


PICTURE = "<wp:attachment_url>https://blog.example.org/{}</wp:attachment_url>"


def test_gallery_stands_where_it_stood():
    pictures = [item(n, kind="attachment", status="inherit", more=PICTURE.format(f"{n}.jpg")) for n in (8, 9)]
    post = read(item(text='Før\n\n[gallery ids="8,9" size="large"]\n\nEtter'), *pictures).posts[0]
    assert post.body == "Før\n\n![](https://blog.example.org/8.jpg)\n\n![](https://blog.example.org/9.jpg)\n\nEtter"
    assert post.notes == []


def test_gallery_of_what_belongs_to_the_post():
    own = item(8, kind="attachment", more=PICTURE.format("8.jpg") + "<wp:post_parent>1</wp:post_parent>")
    assert "![](https://blog.example.org/8.jpg)" in read(item(text="Før\n\n[gallery]"), own).posts[0].body


NOTED = {
    "[gallery]": "a gallery of the post’s own pictures was in the text and is left out",
    '[gallery ids="1,2"]': "a gallery of 2 pictures was in the text and is left out",
    '[contact-form-7 id="1" title="Kontakt"]': "the shortcode [contact-form-7] was in the text and is left out",
    "[vc_row]Tekst[/vc_row]": "the shortcode [vc_row] was in the text and is left out",
    "[events_list]": "“[events_list]” looks like a shortcode, and is shown as it is",
    '<!-- wp:latest-posts {"postsToShow":3} /-->': "the block “latest-posts” was in the text and is left out",
    '<!-- wp:block {"ref":12} /-->': "a block shared by several texts was in the text and is left out",
}


@pytest.mark.parametrize("text", NOTED)
def test_what_is_left_out_of_a_text_is_noted(text):
    assert read(item(text=f"Før\n\n{text}\n\nEtter")).posts[0].notes == [NOTED[text]]


SHOWN = {
    "Han sa [sic] og [1].": "Han sa \\[sic\\] og \\[1\\].",
    "[[gallery]]": "\\[gallery\\]",
    "<pre>[gallery]</pre>": "```\n[gallery]\n```",
    '[video src="https://v.example.org/a.mp4"]': "<https://v.example.org/a.mp4>",
    "[youtube https://v.example.org/?v=1]": "<https://v.example.org/?v=1>",
    "[embed]https://v.example.org/1[/embed]": "<https://v.example.org/1>",
    "https://v.example.org/watch?v=a_b": "https://v.example.org/watch?v=a_b",
    '<!-- wp:embed {"url":"https://v.example.org/1"} /-->': "<https://v.example.org/1>",
    '[caption id="a"]<img src="/b.png" alt="B" /> Ord[/caption]': '![B](https://blog.example.org/b.png "Ord")',
    "One\nTwo\n\n<p>Three</p>\n\nFour": "One\\\nTwo\n\nThree\n\nFour",
    "<!-- wp:paragraph -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->": "One\ntwo",
}


@pytest.mark.parametrize("text", SHOWN)
def test_text_is_shown_as_the_blog_showed_it(text):
    assert body(text) == SHOWN[text]


def test_lines_of_squarespace_are_spaces():
    head = HEAD.replace("<link>", "<generator>Site-Server (https://www.squarespace.com)</generator><link>", 1)
    assert read(item(text="<p>One\ntwo</p>"), head=head).posts[0].body == "One\ntwo"
