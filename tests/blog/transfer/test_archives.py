"""ZIP files as people have them: exports with their pictures, sites, what other systems hand out."""

import pytest
from django.core.management import CommandError, call_command

from blog.models import Post
from chapter.models import Chapter, Image
from tests.pictures import encoded, plain

from .test_bringing import EXPORT, zipped

pytestmark = pytest.mark.django_db
PICTURE = b'Tekst. &lt;img src="https://blog.example.org/wp-content/uploads/2020/05/8-300x200.png" alt="Kopp"&gt;'
PNG = encoded(plain(), "PNG")
FEED = b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>'


@pytest.fixture
def run(tmp_path, capsys):
    Chapter.load()

    def run(name="blog.zip", **files):
        (tmp_path / name).write_bytes(zipped(**files))
        call_command("import_posts", str(tmp_path / name), no_images=True)
        return capsys.readouterr().out

    return run


def test_pictures_beside_an_export_are_taken(run):
    run(**{"export.xml": EXPORT.replace(b"Tekst.", PICTURE, 1), "wp-content/uploads/2020/05/8.png": PNG})
    assert Image.objects.get().file.url in Post.objects.get().body


@pytest.mark.parametrize("name", ["export.wxr", "feed.rss", "blog/export.XML"])
def test_export_is_known_by_any_ending(run, name):
    assert "1 made" in run(**{name: EXPORT})


def test_export_beside_a_document_is_read(run):
    assert "1 made" in run(**{"README.md": b"# Read", "export.xml": EXPORT})


def test_xml_of_a_site_is_named(run):
    said = run(**{"a.md": b"# A\n\nText", "sitemap.xml": b"<urlset/>", "atom.xml": FEED})
    assert "left out: sitemap.xml (XML of the site, not an export)" in said
    assert "1 made, 0 changed, 0 same, 0 kept, 0 refused, 2 left out" in said


def test_what_blogger_hands_out_is_refused_by_name(run, capsys):
    with pytest.raises(CommandError, match="1 refused"):
        run(**{"Takeout/Blogger/feed.atom": FEED, "Takeout/archive.html": b"<html></html>"})
    assert "refused: Blogger/feed.atom (it’s a feed (Atom), as Blogger exports it" in capsys.readouterr().out


@pytest.mark.parametrize("files", [{"a.png": PNG}, {"part.zip": b"PK"}])
def test_file_without_a_post_is_refused(run, files):
    with pytest.raises(CommandError, match="neither a post nor an export"):
        run(**files)


@pytest.mark.parametrize("codec", ["cp850", "utf-8"])
def test_names_of_windows_and_of_a_mac_are_read(run, tmp_path, codec):
    name = "brød-blåbær.png"
    bare = "x" * len(name.encode(codec))
    content = zipped(**{"a.md": f"# A\n\n![Brød]({name})".encode(), bare: PNG}).replace(
        bare.encode(), name.encode(codec)
    )
    (tmp_path / "win.zip").write_bytes(content)
    call_command("import_posts", str(tmp_path / "win.zip"))
    assert Image.objects.count() == 1
