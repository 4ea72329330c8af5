"""Several exports: one after the other in a file, or the parts of a large blog; and what plugins add to the items."""

import pytest

from blog.reading import NotAnExport, read_exports, wxr
from chapter.transfer import Report

from .test_wxr import END, HEAD, PICTURE, item, read

SAID = {"language": "nb", "zone": "Europe/Oslo"}
FIRST = HEAD + item(1, title="Først") + END


@pytest.mark.parametrize("between", ["", "\n", "\n<!-- next -->\n"])
def test_exports_one_after_the_other_are_both_read(between):
    export = read(head=FIRST + between, end=HEAD + item(2, title="Sist") + END)
    assert sorted(post.title for post in export.posts) == ["Først", "Sist"]
    assert "the file has 2 exports, one after the other" in export.notes


def test_export_that_is_shown_in_a_text_is_text():
    text = "<p>&lt;rss></p><pre><?xml version='1.0'?><rss></pre>"
    export = read(item(text=text, title="Kaffe & te"))
    assert [post.title for post in export.posts] == ["Kaffe & te"]


def test_post_in_two_exports_is_one_as_it_was_last_changed():
    old = item(1, title="Gammel", more="<wp:post_modified_gmt>2020-06-01 10:00:00</wp:post_modified_gmt>")
    new = item(1, title="Ny", more="<wp:post_modified_gmt>2020-07-01 10:00:00</wp:post_modified_gmt>")
    for order in ((old, new), (new, old)):
        export = read(head=HEAD + order[0] + END, end=HEAD + order[1] + END)
        assert [post.title for post in export.posts] == ["Ny"]
        assert [reason for _, reason in export.left_out] == ["it is here twice, and was taken as it was last changed"]


def exported(*items):
    return (HEAD + "".join(items) + END).encode()


def test_picture_in_another_part_of_the_blog_is_found():
    meta = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>8</wp:meta_value></wp:postmeta>"
    parts = [
        ("1.xml", exported(item(more=meta))),
        ("2.xml", exported(item(8, kind="attachment", more=PICTURE.format("8.jpg")))),
    ]
    posts, site = read_exports(parts, Report(), drafts=False, **SAID)
    assert (posts[0].cover.address, site) == ("https://blog.example.org/8.jpg", "blog.example.org")


def test_other_xml_beside_exports_is_refused_by_name():
    report = Report()
    posts, _ = read_exports([("a.xml", exported(item())), ("map.xml", b"<urlset/>")], report, drafts=False, **SAID)
    assert (len(posts), [row.what for row in report.rows]) == (1, ["map.xml"])


@pytest.mark.parametrize(("content", "said"), [(b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'/>", "Blogger"), (b'{"db": []}', "Ghost"), (b"%PDF-1.7", "neither an export of a blog")])  # fmt: skip
def test_what_others_export_is_refused_with_a_word_on_it(content, said):
    with pytest.raises(NotAnExport, match=said):
        wxr.read(content, **SAID)


# Plugins


def meta(**pairs):
    return "".join(f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>" for key, value in pairs.items())  # fmt: skip


def test_text_in_a_field_of_a_plugin_is_named():
    more = meta(
        ingress="En god historie", _ingress="field_5f1", antall="3", _antall="field_5f2", _yoast_wpseo_title="X"
    )
    assert read(item(more=more)).posts[0].notes == ["the texts of fields that a plugin adds are left out: ingress"]


def test_text_that_is_all_in_a_plugin_is_named():
    post = read(item(text="", more=meta(_elementor_data="x" * 400))).posts[0]
    assert post.notes == ["the texts of fields that a plugin adds are left out: _elementor_data"]


def test_recording_of_a_podcast_is_a_link():
    post = read(item(more=meta(enclosure="https://blog.example.org/1.mp3\n1234\naudio/mpeg"))).posts[0]
    assert post.body == "Tekst\n\n<https://blog.example.org/1.mp3>"


def term(domain, name):
    return f'<category domain="{domain}" nicename="{name}"><![CDATA[x]]></category>'


def test_language_and_translation_are_those_of_the_plugin():
    swedish = item(1, title="Kaffe på svenska", more=term("language", "sv") + term("post_translations", "pll_5f"))
    norwegian = item(2, title="Kaffe", more=term("language", "nb") + term("post_translations", "pll_5f"))
    german = item(3, title="Kaffee", more=term("language", "de"))
    export = read(swedish, norwegian, german)
    found = {post.title: (post.language, post.translation_of) for post in export.posts}
    assert found == {"Kaffe på svenska": ("sv", "https://blog.example.org/?p=2"), "Kaffe": ("nb", "")}
    assert [name for name, _ in export.left_out] == ["Kaffee"]


def test_several_authors_are_those_of_the_plugin():
    people = "".join(f"<wp:author><wp:author_login>{name.lower()}</wp:author_login><wp:author_display_name>{name} Example</wp:author_display_name></wp:author>" for name in ("Kari", "Ola"))  # fmt: skip
    guest = item(9, title="Liv Example", kind="guest-author", more=meta(**{"cap-user_login": "liv"}))
    more = "<dc:creator>kari</dc:creator>" + "".join(term("author", f"cap-{name}") for name in ("ola", "liv", "kari"))
    post = read(item(more=more), guest, head=HEAD + people).posts[0]
    assert [name for name, _ in post.authors] == ["Ola Example", "Liv Example", "Kari Example"]


def test_picture_whose_address_is_its_identifier_is_found():
    own = item(8, kind="attachment", guid="https://blog.example.org/8.jpg")
    assert read(item(more=meta(_thumbnail_id="8")), own).posts[0].cover.address == "https://blog.example.org/8.jpg"


def test_recording_of_a_feed_is_a_link():
    more = '<enclosure url="https://blog.example.org/1.mp3" length="1" type="audio/mpeg"/>'
    assert "<https://blog.example.org/1.mp3>" in read(item(more=more)).posts[0].body


def test_author_of_the_oldest_exports_is_a_name():
    old = HEAD.replace("1.2", "1.0")
    creator = "<dc:creator>Kari</dc:creator>"
    assert read(item(more=creator), head=old).posts[0].authors == [("Kari", "")]
    for login, head in (("kari@example.org", old), ("admin", old), ("kari", HEAD.replace("<wp:base", "<wp:wxr_version>1.2</wp:wxr_version><wp:base"))):  # fmt: skip
        assert read(item(more=f"<dc:creator>{login}</dc:creator>"), head=head).posts[0].authors == []
