"""`manage.py import_posts`: an export of another blog becomes ours, once, with its pictures, and never over an edit."""

import re
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from blog import reading
from blog.models import Post
from chapter.foreign_texts import to_markdown
from chapter.models import Image, Member
from chapter.pictures.descriptions import undescribed_images
from chapter.transfer import Report
from tests import pictures
from tests.factories import make_event

pytestmark = pytest.mark.django_db
EXPORTS = Path(__file__).parent / "exports"
WORDPRESS, SQUARESPACE = EXPORTS / "wordpress.xml", EXPORTS / "squarespace.xml"


@pytest.fixture
def uploads(tmp_path):
    """What the blogs' pictures are, in a folder beside."""
    folder = tmp_path / "uploads"
    folder.mkdir()
    for name in ("bord.png", "kopp.png", "IMG_1.png"):
        (folder / name).write_bytes(pictures.encoded(pictures.plain(size=(600, 400)), "PNG"))
    return folder


def run(path, **options):
    """The lines of the report; nothing is ever fetched in these tests unless they say so."""
    out = StringIO()
    call_command("import_posts", str(path), stdout=out, **{"no_images": True, **options})
    return out.getvalue().splitlines()


def refusal(path, **options):
    with pytest.raises(CommandError) as refused:
        run(path, **options)
    return str(refused.value)


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "posts").mkdir()
    return tmp_path / "posts"


# WordPress


def test_wordpress_post_keeps_its_date_address_author_and_lead():
    run(WORDPRESS)
    post = Post.objects.get()
    assert (post.slug, post.title, post.lead) == (
        "kaffe-pa-radhuset",
        "Kaffe på rådhuset",
        "En formiddag med lapper.",
    )
    assert post.published_at == datetime(2019, 9, 25, 8, 30, tzinfo=UTC)
    assert [line.name for line in post.bylines.all()] == ["Kari Eksempel"]
    assert not Member.objects.exists()


def test_wordpress_html_becomes_markdown():
    run(WORDPRESS)
    assert Post.objects.get().body == (
        "Vi møttes over **kaffe** og snakket om [oss selv](https://old.example.org/om/).\n\n"
        "## Det vi lærte\n\n- Spør først.\n- Skriv lapper.\n\n"
        "[Et bord med lapper](https://old.example.org/uploads/bord.png)\n\n<https://video.example.org/1>"
    )


def test_wordpress_report_says_what_is_left_out():
    assert run(WORDPRESS) == [
        "left out: Om oss (a page)",
        "left out: Ikke ferdig (its status is draft)",
        "made: Kaffe på rådhuset → kaffe-pa-radhuset (was https://old.example.org/2019/09/kaffe-pa-radhuset/)",
        "of the file’s 4 items, 1 is a picture or another file, used where a post shows it",
        "comments are left out, since the people who wrote them couldn’t delete them here (1)",
        "Kaffe på rådhuset: https://video.example.org/1 was embedded in the text and is a link now",
        "Kaffe på rådhuset: the cover https://old.example.org/uploads/kopp.png is left out: fetching was turned off",
        "1 picture is left as a link.",
        "1 made, 0 changed, 0 same, 0 kept, 0 refused, 2 left out",
    ]  # fmt: skip


def test_imported_post_is_a_draft_until_publish_is_given():
    run(WORDPRESS)
    assert Post.objects.get().is_draft


def test_publish_publishes_under_the_old_date(uploads):
    run(WORDPRESS, images=str(uploads), publish=True)
    post = Post.objects.published().get()
    assert post.published_at.year == 2019


def test_drafts_come_along_when_asked_and_stay_drafts():
    run(WORDPRESS, drafts=True, publish=True)
    assert Post.objects.get(title="Ikke ferdig").is_draft


def test_pictures_are_drawn_anew_and_described(uploads):
    run(WORDPRESS, images=str(uploads))
    post = Post.objects.get()
    table, cup = Image.objects.order_by("alt")[::-1]
    assert f'![Et bord med lapper]({table.file.url} "Bordet vårt")' in post.body
    assert (post.cover, cup.alt, table.caption) == (cup, "En kopp kaffe", "Bordet vårt")
    assert table.file.name.endswith("-600x400.webp")


def test_second_run_makes_nothing(uploads):
    run(WORDPRESS, images=str(uploads))
    assert run(WORDPRESS, images=str(uploads))[-1].startswith("0 made, 0 changed, 1 same, 0 kept, 0 refused")
    assert (Post.objects.count(), Image.objects.count()) == (1, 2)


def test_broken_picture_loses_no_post(uploads):
    (uploads / "bord.png").write_bytes(b"no picture")
    lines = run(WORDPRESS, images=str(uploads))
    assert "[Et bord med lapper](https://old.example.org/uploads/bord.png)" in Post.objects.get().body
    assert any("bord.png is left out" in line for line in lines)


def test_address_that_is_not_public_is_never_asked(tmp_path):
    text = WORDPRESS.read_text("utf-8").replace(
        "https://old.example.org/uploads/bord.png", "http://127.0.0.1:1/x.png"
    )
    lines = run(write(tmp_path, "evil.xml", text), no_images=False)
    assert any("http://127.0.0.1:1/x.png is left out" in line for line in lines)
    assert not Image.objects.exists()


def test_pictures_are_fetched_once_and_one_that_is_gone_stays_a_link(tmp_path, web):
    png = pictures.encoded(pictures.plain(size=(600, 400)), "PNG")
    web.pages["/uploads/bord.png"] = 200, {"Content-Type": "image/png"}, png
    text = WORDPRESS.read_text("utf-8").replace("https://old.example.org/uploads", web.at("/uploads"))
    file = write(tmp_path, "blog.xml", text)
    lines = run(file, no_images=False)
    assert any("kopp.png is left out: The server didn’t send the page. (404)" in line for line in lines)
    assert Image.objects.get().file.url in Post.objects.get().body
    run(file, no_images=False)
    assert [path for path, _ in web.asked].count("/uploads/bord.png") == 1


# Squarespace


def test_squarespace_post_without_guid_is_known_again():
    run(SQUARESPACE, language="sv")
    assert run(SQUARESPACE, language="sv")[-1] == "0 made, 0 changed, 2 same, 0 kept, 0 refused"
    assert list(Post.objects.order_by("published_at").values_list("slug", "language")) == [
        ("nasta-station", "sv"),
        ("utan-rubrik", "sv"),
    ]


def test_squarespace_html_becomes_markdown(uploads):
    run(SQUARESPACE, language="sv", images=str(uploads))
    post, image = Post.objects.get(slug="nasta-station"), Image.objects.get()
    assert post.body == (
        f'Tre nya ansikten kom.\n\n> Det var gott kaffe.\n\n![{image.alt}]({image.file.url} "På perrongen")'
    )
    assert undescribed_images(post.body) == [image.file.url]


def test_undescribed_picture_keeps_a_post_from_being_published(uploads):
    lines = run(SQUARESPACE, images=str(uploads), publish=True)
    assert Post.objects.get(slug="nasta-station").is_draft
    assert Post.objects.get(slug="utan-rubrik").is_published
    assert any("Nästa station stays a draft" in line for line in lines)


def test_title_is_made_from_the_text_and_no_address_is_an_author():
    run(SQUARESPACE)
    post = Post.objects.get(slug="utan-rubrik")
    assert (post.title, post.bylines.count()) == ("Ord utan rubrik men med mening.", 0)


# Again


def test_source_that_changed_changes_the_post(tmp_path):
    file = write(tmp_path, "blog.xml", SQUARESPACE.read_text("utf-8"))
    run(file)
    file.write_text(SQUARESPACE.read_text("utf-8").replace("Tre nya", "Fyra nya"), "utf-8")
    assert run(file)[-1] == "0 made, 1 changed, 1 same, 0 kept, 0 refused"
    assert Post.objects.get(slug="nasta-station").body.startswith("Fyra nya")


def test_post_that_was_edited_here_is_left_alone(tmp_path):
    file = write(tmp_path, "blog.xml", SQUARESPACE.read_text("utf-8"))
    run(file)
    Post.objects.filter(slug="nasta-station").update(body="Ours now.")
    file.write_text(SQUARESPACE.read_text("utf-8").replace("Tre nya", "Fyra nya"), "utf-8")
    assert run(file)[-1] == "0 made, 0 changed, 1 same, 1 kept, 0 refused"
    assert Post.objects.get(slug="nasta-station").body == "Ours now."


def test_post_that_was_deleted_here_does_not_come_back():
    run(SQUARESPACE)
    Post.objects.all().delete()
    assert run(SQUARESPACE)[-1] == "0 made, 0 changed, 0 same, 2 kept, 0 refused"


def test_dry_run_stores_nothing(uploads):
    lines = run(WORDPRESS, images=str(uploads), dry_run=True)
    assert lines[-2:] == ["1 made, 0 changed, 0 same, 0 kept, 0 refused, 2 left out", "Dry run: nothing was stored."]
    assert not Post.objects.exists() and not Image.objects.exists()


def test_address_that_is_taken_gets_a_number():
    run(SQUARESPACE)
    run(SQUARESPACE, source="another")
    assert Post.objects.filter(slug="nasta-station-2").exists()


# What is refused


def test_entity_bomb_is_refused(tmp_path):
    text = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss>&b;</rss>'
    assert "it defines entities" in refusal(write(tmp_path, "bomb.xml", text))


@pytest.mark.parametrize("junk", [b"\x00\xff" * 2_500_000, b"<rss>" + b"<a>" * 1_600_000, b"<html></html>", b""], ids=["bytes", "deep", "page", "empty"])  # fmt: skip
def test_junk_is_refused(tmp_path, junk):
    (tmp_path / "junk.xml").write_bytes(junk)
    assert "cannot be read as an export of a blog" in refusal(tmp_path / "junk.xml")


def test_text_that_is_too_long_or_too_deep_is_refused_alone(tmp_path):
    text = SQUARESPACE.read_text("utf-8")
    deep = text.replace("<p>Ord utan", "<div>" * 20_000 + "<p>Ord utan")
    file = write(tmp_path, "deep.xml", deep)
    with pytest.raises(CommandError, match="1 refused"):
        run(file)
    assert [post.slug for post in Post.objects.all()] == ["nasta-station"]


@pytest.mark.parametrize("place", ["<link>", "<wp:attachment_url>", "<wp:base_blog_url>"])
def test_address_that_is_none_stops_nothing(tmp_path, place):
    text = WORDPRESS.read_text("utf-8")
    assert place in text
    before, after = text.split(place, 1) if "blog" in place else text.rsplit(place, 1)
    lines = run(write(tmp_path, "bad.xml", f"{before}{place}http://[{after}"), no_images=False, dry_run=True)
    assert " 0 refused" in lines[-2]


def test_spaces_without_end_are_one():
    assert to_markdown("<p>a" + " " * 200_000 + "b" + "\n" * 200_000 + "c</p>")[0] == "a b\nc"


def test_five_hundred_posts_come_in(tmp_path):
    text = SQUARESPACE.read_text("utf-8")
    start, end = text.index("<item>"), text.index("</item>") + len("</item>")
    many = "".join(text[start:end].replace("nasta-station", f"nasta-{n}") for n in range(500))
    assert run(write(tmp_path, "many.xml", text[:start] + many + text[end:]))[-1].startswith("501 made")
    assert Post.objects.filter(slug="nasta-499").exists()


# Markdown


FRONT = """---
title: What we learned
language: en
published: 2026-03-05
author: Kari Eksempel
author_bio: Writes on Thursdays.
summary: Two hours, nine notes.
principles: 1, 4
cover: pictures/cup.png
cover_alt: A cup
---
"""


def picture_in(folder, name="pictures/cup.png"):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(pictures.encoded(pictures.plain(), "PNG"))


def test_markdown_file_becomes_a_post(folder):
    picture_in(folder)
    write(folder, "learned.md", FRONT + "We met.\n\n![A full cup](pictures/cup.png)\n")
    run(folder, publish=True)
    post, image = Post.objects.get(), Image.objects.get()
    assert (post.slug, post.language, post.lead) == ("learned", "en", "Two hours, nine notes.")
    assert post.published_at == datetime(2026, 3, 5, 11, tzinfo=UTC)
    assert list(post.bylines.values_list("name", "bio")) == [("Kari Eksempel", "Writes on Thursdays.")]
    assert [one.number for one in post.principles.all()] == [1, 4]
    assert (post.cover, post.body) == (image, f"We met.\n\n![A full cup]({image.file.url})\n")
    assert post.is_published


def test_file_without_front_matter_is_named_by_its_heading_and_dated_by_its_name(folder):
    write(folder, "2019-09-25-next-stop.md", "# Next stop\n\nWe went there.\n")
    run(folder)
    post = Post.objects.get()
    assert (post.title, post.slug, post.body, post.published_at.year) == (
        "Next stop",
        "next-stop",
        "We went there.\n",
        2019,
    )


def test_event_and_translation_are_tied(folder):
    event = make_event(slug="2026-03-05-kaffe")
    write(folder, "a.nb.md", "---\ntitle: A\nevent: 2026-03-05-kaffe\n---\nTekst")
    write(folder, "b.sv.md", "---\ntitle: B\ntranslation_of: a.nb.md\n---\nText")
    run(folder)
    original, translation = Post.objects.order_by("title")
    assert (original.summary_of, translation.translation_of, translation.language) == (event, original, "sv")


@pytest.mark.parametrize("path", ["../secret.png", "a/../../secret.png", "/etc/hosts", "%2e%2e/secret.png", "link.png", "out/secret.png"])  # fmt: skip
def test_picture_outside_the_folder_is_refused(folder, path):
    picture_in(folder.parent, "secret.png")
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    (folder / "out").symlink_to(folder.parent)
    write(folder, "post.md", f"# Post\n\n![x]({path})")
    lines = run(folder)
    assert not Image.objects.exists()
    assert any("it isn’t in the folder" in line for line in lines)


def test_markdown_behind_a_link_is_not_read(folder):
    write(folder.parent / "private", "diary.md", "# Diary")
    (folder / "in").symlink_to(folder.parent / "private")
    (folder / "diary.md").symlink_to(folder.parent / "private/diary.md")
    assert run(folder) == ["0 made, 0 changed, 0 same, 0 kept, 0 refused"]


def test_picture_whose_name_no_file_can_have_is_left_out(folder):
    write(folder, "long.md", f"# Long\n\n![x]({'a' * 400}.png)")
    run(folder)
    assert Post.objects.get().title == "Long"


def test_bad_files_are_refused_and_the_others_taken(folder):
    write(folder, "good.md", "# Good\n\nText")
    write(folder, "open.md", "---\ntitle: No end\n")
    write(folder, "when.md", "---\ntitle: When\ndate: yesterday\n---\nText")
    write(folder, "deep.md", f"---\ntitle: Deep\ncomposed: {'[' * 100_000}\n---\nText")
    with pytest.raises(CommandError, match="3 refused"):
        run(folder)
    assert [post.title for post in Post.objects.all()] == ["Good"]


# What others' folders and exports have in them


def test_what_was_not_public_is_never_published(folder):
    write(folder, "_posts/2020-01-02-a.md", "---\ntitle: A\n---\nText")
    write(folder, "_drafts/2020-01-02-b.md", "---\ntitle: B\n---\nText")
    write(folder, "2020-01-02-c.md", "---\ntitle: C\ndraft: true # not yet\n---\nText")
    assert run(folder, publish=True)[-1] == "1 made, 0 changed, 0 same, 0 kept, 0 refused, 2 left out"
    run(folder, publish=True, drafts=True)
    assert dict(Post.objects.values_list("title", "is_draft")) == {"A": False, "B": True, "C": True}


def test_counts_add_up_to_the_files_of_the_folder(folder):
    for name, text in {
        "a.md": "# A\n\nText",
        "b/index.md": "---\ntitle: B\n---\nText",
        "b/_index.md": "---\ntitle: List\n---\n",
        "c.md": "---\ntitle: C\ndraft: true\n---\n",
        "d.md": "---\ntitle: D\ndate: 10/05/2013\n---\n",
        "e.rst": "E\n=",
        "f.html": "<p>F</p>",
        "README.md": "# Read me",
    }.items():
        write(folder, name, text)
    with pytest.raises(CommandError, match="1 refused"):
        run(folder)
    report = Report()
    posts = reading.read_folder(folder, report, language="nb", zone="Europe/Oslo", drafts=False)
    assert [post.slug for post in posts] == ["a", "b"]
    assert report.counts == {"made": 0, "changed": 0, "same": 0, "kept": 0, "refused": 1, "left out": 5}


def doubled(text):
    """An export whose first post stands there twice, the second time as a copy with the same identifier."""
    start, end = text.index("<item>"), text.index("</item>") + len("</item>")
    copy = text[start:end].replace("<wp:post_id>11<", "<wp:post_id>99<").replace("Kaffe på rådhuset", "Kopi")
    return f"{text[:end]}{copy}{text[end:]}"


def test_a_copy_never_overwrites_the_first_not_even_once_the_first_is_gone(tmp_path):
    text = WORDPRESS.read_text("utf-8")
    file = write(tmp_path, "blog.xml", doubled(text))
    run(file)
    assert {post.title for post in Post.objects.all()} == {"Kaffe på rådhuset", "Kopi"}
    file.write_text(text.replace("<wp:post_id>11<", "<wp:post_id>99<").replace("Kaffe på rådhuset", "Kopi"), "utf-8")
    assert run(file)[-1].startswith("0 made, 0 changed, 1 same")
    assert {post.title for post in Post.objects.all()} == {"Kaffe på rådhuset", "Kopi"}


def in_colours(folder, **files):
    for name, colour in files.items():
        path = folder / f"{name.replace('__', '/')}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pictures.encoded(pictures.plain(size=(60, 40), color=colour), "PNG"))
    return folder


def shown_in(post):
    names = re.findall(r"/media/(images/\S+?\.webp)", post.body)
    return [colour_of(Image.objects.get(file=name)) for name in names]


def colour_of(image):
    with image.file.open() as file, Pillow.open(file) as drawn:
        red, _, blue = drawn.convert("RGB").getpixel((5, 5))
    return "red" if red > 200 else "blue" if blue > 200 else "other"


def with_pictures(tmp_path, *addresses):
    text = WORDPRESS.read_text("utf-8")
    shown = "".join(f'<img src="https://old.example.org/{address}" alt="x"/>' for address in addresses)
    return write(tmp_path, "blog.xml", text.replace("<p>&nbsp;</p>", shown))


def test_pictures_of_one_name_are_told_apart_by_their_folders(tmp_path):
    folder = in_colours(tmp_path / "uploads", **{"2019__09__1": "red", "2020__03__1": "blue"})
    run(
        with_pictures(tmp_path, "up/2020/03/1.png", "up/2019/09/1.PNG", "up/2020/03/1-300x200.png"),
        images=str(folder),
    )
    assert shown_in(Post.objects.get()) == ["blue", "red", "blue"]


@pytest.mark.parametrize("files", [{"a__1": "red", "b__1": "blue"}, {"2018__01__1": "red"}])
def test_picture_of_which_it_cannot_be_told_is_left_out(tmp_path, files):
    folder = in_colours(tmp_path / "uploads", **files)
    lines = run(with_pictures(tmp_path, "up/2020/03/1.png"), images=str(folder))
    assert shown_in(Post.objects.get()) == []
    assert any("up/2020/03/1.png" in line or "left as links" in line for line in lines)


def test_two_addresses_do_not_share_the_only_file_of_a_name(tmp_path):
    folder = in_colours(tmp_path / "uploads", **{"1": "red"})
    lines = run(with_pictures(tmp_path, "up/2019/09/1.png", "up/2020/03/1.png"), images=str(folder))
    assert shown_in(Post.objects.get()) == ["red"]
    assert any("another address has already used the only file with this name" in line for line in lines)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "address", ["blåbær.png", "bl%C3%A5b%C3%A6r.png", "/img/blåbær.png", "BLÅBÆR.png", "./blåbær.png?v=1"]
)
def test_picture_is_found_however_its_name_is_spelled(folder, form, address):
    place = "static/img/" if address.startswith("/") else ""
    in_colours(folder, **{f"{place}{unicodedata.normalize(form, 'blåbær')}": "red"})
    write(folder, "a.md", f"# A\n\n![x]({address})")
    run(folder)
    assert shown_in(Post.objects.get()) == ["red"]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)), head=st.sampled_from([b"", b"---\n", b"+++\n", b"<rss>", b"\xff\xfe"]))  # fmt: skip
def test_whatever_bytes_come_the_outcome_is_rows_or_lines(tmp_path, content, head):
    folder = tmp_path / "any"
    folder.mkdir(exist_ok=True)
    for name in ("2020-01-02-a.md", "b.html"):
        (folder / name).write_bytes(head + content)
    (tmp_path / "any.xml").write_bytes(head + content)
    for path in (folder, tmp_path / "any.xml"):
        with suppress(CommandError):
            run(path, dry_run=True, publish=True, drafts=True)


# Links between files

LINKS = """[path](other.md) [top](/_posts/2020-01-02-other.md#part) [jekyll]({% post_url 2020-01-02-other %})
[hugo]({{< ref "other.md" >}}) [slides](slides.pdf) [page](/about/) [out](https://example.org/other.md) `[code](other.md)` [later]
![picture](other.png)

[later]: ../_posts/2020-01-02-other.md
"""


def test_links_between_files_lead_to_the_posts(tmp_path):
    folder = tmp_path / "blog" / "_posts"
    folder.mkdir(parents=True)
    (folder / "2020-01-01-first.md").write_text(f"---\ntitle: First\n---\n{LINKS}")
    (folder / "2020-01-02-other.md").write_text("---\ntitle: Other\n---\nBack to [one](2020-01-01-first.md).")
    said = " ".join(run(tmp_path / "blog"))
    body = Post.objects.get(title="First").body
    assert (body.count("/nb/blog/other/"), body.count("/nb/blog/other/#part"), "`[code](other.md)`" in body) == (
        5,
        1,
        True,
    )
    assert "(/nb/blog/first/)" in Post.objects.get(title="Other").body
    assert ("First: the link slides.pdf leads nowhere here" in said, "link /about/ leads" in said) == (True, True)
    assert "0 made, 0 changed, 2 same" in " ".join(run(tmp_path / "blog"))
