"""Pictures that stand in a text itself, on their way in."""

from base64 import b64encode

import pytest
from django.core.management import call_command

from blog.models import Post
from chapter.models import Chapter, Image
from tests.pictures import encoded, plain

pytestmark = pytest.mark.django_db
EXPORT = """<rss xmlns:content="c" xmlns:wp="w"><channel><link>https://blog.example.org</link><item><title>Kaffe</title>
<guid>1</guid><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_name>kaffe</wp:post_name>
<wp:post_date_gmt>2026-03-01 10:00:00</wp:post_date_gmt><content:encoded><![CDATA[<p>Før</p><img alt="Kopp" src="{}">]]>
</content:encoded></item></channel></rss>"""


def written(content, kind="png"):
    return f"data:image/{kind};base64,{b64encode(content).decode()}"


@pytest.fixture
def run(tmp_path, capsys):
    Chapter.load()

    def run(source, name="blog.xml", **said):
        text = EXPORT.format(source) if name.endswith(".xml") else f"# Kaffe\n\nFør\n\n![Kopp]({source})"
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, "utf-8")
        call_command("import_posts", str(place if name.endswith(".xml") else place.parent), **said)
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("name", ["blog.xml", "blog/kaffe.md"])
def test_picture_in_the_text_is_stored_once(run, name):
    source = written(encoded(plain(), "PNG"))
    run(source, name)
    said = run(source, name)
    image = Image.objects.get()
    assert (image.alt, f"![Kopp]({image.file.url})" in Post.objects.get().body) == ("Kopp", True)
    assert "0 made, 0 changed, 1 same" in said


def test_dry_run_stores_no_picture(run):
    assert "1 made" in run(written(encoded(plain(), "PNG")), dry_run=True)
    assert Image.objects.count() == 0


@pytest.mark.parametrize(("content", "kind"), [(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg+xml"), (b"\0" * 8_400_000, "png"), (b"no picture", "png")])  # fmt: skip
def test_what_cannot_be_a_picture_is_named(run, content, kind):
    said = run(written(content, kind))
    assert f"Kaffe: the picture data:image/{kind}" in said
    assert Post.objects.get().body == "Før\n\nKopp"
