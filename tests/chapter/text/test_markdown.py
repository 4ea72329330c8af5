"""Markdown: what writers get, and what nobody gets through."""

from html.parser import HTMLParser
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import example, given
from hypothesis import strategies as st

from chapter.management.commands.rerender import rerender
from chapter.text import markdown
from chapter.text.markdown import comment_html, render, render_comment, to_html
from principles.models import PrincipleWording

URL = "/media/images/abc-1600x1067.webp"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("# One\n\n## Two\n\n##### Five", "<h2>One</h2>\n<h3>Two</h3>\n<h4>Five</h4>\n"),
        ("## Two\n\n## Again\n\n#### Four", "<h2>Two</h2>\n<h2>Again</h2>\n<h3>Four</h3>\n"),
        ("Text:\n- a\n- b", "<p>Text:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>\n"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("[a](/nb/events/)", '<p><a href="/nb/events/" rel="noopener nofollow ugc">a</a></p>\n'),
    ],
)
def test_writers_get_what_they_expect(source, html):
    assert to_html(source) == html


LINKED = [
    ("See https://example.org/a_b_c?x=1&y=2.", "https://example.org/a_b_c?x=1&amp;y=2"),
    ("(https://example.org/a_(b))", "https://example.org/a_(b)"),
    ("https://example.org/_x_/*y*/~~z~~/", "https://example.org/_x_/*y*/~~z~~/"),
    ("**https://example.org**", "https://example.org"),
    ("| a |\n|-|\n| https://example.org/x |", "https://example.org/x"),
    ("HTTPS://Example.org", "HTTPS://Example.org"),
]


@pytest.mark.parametrize(("source", "address"), LINKED)
@pytest.mark.parametrize("shown", [to_html, comment_html])
def test_bare_addresses_are_links(source, address, shown):
    if "|" in source and shown is comment_html:
        source = source.splitlines()[-1]
    assert f'<a href="{address}" rel="noopener nofollow ugc">{address}</a>' in shown(source)


def test_address_without_a_scheme_is_a_link_to_https():
    link = '<a href="https://www.example.org/x" rel="noopener nofollow ugc">www.example.org/x</a>'
    assert to_html("See www.example.org/x, www. and kari@www.example.org") == (
        f"<p>See {link}, www. and kari@www.example.org</p>\n"
    )


@pytest.mark.parametrize("source", ["`https://example.org`", "    https://example.org", "https://", "xhttps://example.org", "https://kari@example.org", "mail.www.example.org", "http:/example.org"])  # fmt: skip
def test_what_is_no_bare_address_is_no_link(source):
    assert "href" not in to_html(source)


def test_there_is_no_link_in_a_link():
    assert to_html("[https://example.org www.example.org](/x)").count("<a ") == 1
    assert to_html("<https://example.org>").count("<a ") == 1


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "data:image/png;base64,AAAA",
        "vbscript:x",
        "//evil.example.org",
        "\\\\evil.example.org",
        "file:///etc/passwd",
        "ftp://example.org",
    ],
)
@pytest.mark.parametrize("form", ["[a]({})", "[a](<{}>)", "<{}>", "[a]\n\n[a]: {}"])
def test_dangerous_links_are_no_links(address, form):
    assert "href" not in to_html(form.format(address))


def test_picture_alone_becomes_a_figure_with_caption():
    stem = URL.removesuffix(".webp")
    assert to_html(f'![A *board*]({URL} "Notes & dots")') == (
        f'<figure><img src="{URL}" alt="A board" width="1600" height="1067" srcset="{stem}-480.webp 480w, '
        f'{stem}-960.webp 960w, {URL} 1600w" sizes="(min-width: 40rem) 36rem, 100vw" loading="lazy">'
        "<figcaption>Notes &amp; dots</figcaption>\n</figure>\n"
    )


def test_pictures_in_a_row_become_figures():
    html = to_html(f"![a]({URL})\n![b]({URL})")
    assert (html.count("<figure>"), html.count("<p>"), html.count("figcaption")) == (2, 0, 0)


def test_picture_in_a_sentence_stays_in_it():
    html = to_html(f"See ![a]({URL}) here")
    assert (html.startswith("<p>See <img"), "figure" in html) == (True, False)


def test_small_picture_has_no_srcset():
    html = to_html("![a](/media/images/abc-320x200.webp)")
    assert ('width="320" height="200"' in html, "srcset" in html) == (True, False)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/pixel.png",
        "/\\example.org/x.png",
        "/media/images/../x.png",
        "/media/images/x.svg",
        "/media/images/x.png?y",
        "/media/other/x.png",
        "/static/x.png",
    ],
)
def test_only_our_own_pictures_are_shown(address):
    assert to_html(f"![A board]({address})") == "<p>A board</p>\n"


def test_table_heads_say_what_they_head():
    html = to_html("| a |\n| :-: |\n| b |")
    assert ('<th scope="col">a</th>' in html, "style" in html) == (True, False)


def test_wide_tables_take_the_keyboard_and_empty_cells_are_no_heads():
    html = to_html("| | a |\n| - | - |\n| b | c |")
    assert ('<table tabindex="0">' in html, "<td></td>" in html, html.count("<th ")) == (True, True, 1)


def test_comment_has_no_headings_pictures_or_tables():
    html = comment_html(f"# a\n\n![b]({URL})\n\n| c |\n|---|\n| d |\n\n**e**")
    assert html == "<p># a</p>\n<p>b</p>\n<p>| c |\n|---|\n| d |</p>\n<p><strong>e</strong></p>\n"


def test_plain_text_is_what_a_reader_sees():
    source = f"# Head & *shoulders*\n\n1 < 2\nnext\n\n![A board]({URL})\n\n[link](/x) `code`\n\n| a | b |\n|-|-|\n| c | d |"
    assert render(source).text == "Head & shoulders 1 < 2 next A board link code a b c d"


HOSTILE = {
    "brackets": "[" * 20_000,
    "pictures": "![" * 20_000,
    "links": "[a](" * 12_500,
    "quotes": ">" * 5_000,
    "nested lists": "".join("  " * depth + "- a\n" for depth in range(300)),
    "one long line": "a" * 1_000_000,
    "ten megabytes": "# hi *there*\n\n" * 700_000,
    "stars": "*a **b " * 7_000,
    "wide table": "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "a\n" * 14_000,
    "multiplied reference": "[a]: /" + "x" * 20_000 + "\n\n" + "[a]" * 9_000,
    "many short references": "[a]: /" + "x" * 400 + "\n\n" + "[a]" * 16_000,
    "bare links": "https://a " * 5_000,
    "bare links without spaces": "https://" * 6_000,
    "brackets after a link": "https://a.b/" + ")" * 49_000,
    "hosts without end": "www." * 12_000,
    "own pictures": f"![]({URL})\n" * 1_300,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_stays_bounded(kind):
    assert max(len(render(HOSTILE[kind]).html), len(render_comment(HOSTILE[kind]).html)) < 20 * markdown.MAX_LENGTH


def test_honest_references_work():
    assert to_html("[a] and [b][a]\n\n[a]: https://example.org").count('href="https://example.org"') == 2


class Checker(HTMLParser):
    """Collects what is in a piece of HTML beside text."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def is_harmless(tag, attributes, tags):
    allowed = markdown.ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
    href, src = attributes.get("href", "/"), attributes.get("src", URL)
    safe = markdown.is_safe_link(href) and not href.lower().startswith(("javascript", "data", "//"))
    return tag in tags and set(attributes) <= allowed and safe and src.startswith("/media/images/")


MARKS = [
    "[",
    "](",
    ")",
    "![",
    "<",
    ">",
    '"',
    "'",
    "//",
    "\\",
    "\n",
    "# ",
    "- ",
    "|",
    "`",
    "&#x",
    "\t",
    "\0",
    "a",
    "*",
]
WORDS = [
    "javascript:",
    "data:",
    "&colon;",
    "https://example.org",
    "www.example.org",
    URL,
    "<img src=x onerror=alert(1)>",
    "<svg/onload=x>",
]
PIECES = st.lists(st.sampled_from([*MARKS, *WORDS]), max_size=40).map("".join)


@given(st.one_of(st.text(max_size=300), PIECES))
@example('[a](https://example.org/"onmouseover=alert(1) "x")')
@example(f'![" onerror="alert(1)]({URL} "</figcaption><script>")')
def test_whatever_is_written_the_html_is_harmless(source):
    for html, tags in [(to_html(source), markdown.TAGS), (comment_html(source), markdown.COMMENT_TAGS)]:
        assert [one for one in Checker(html).found if not is_harmless(*one, tags)] == []


@pytest.mark.django_db
def test_rerender_renews_what_an_older_renderer_made():
    row, other = PrincipleWording.objects.order_by("pk")[:2]
    PrincipleWording.objects.filter(pk=row.pk).update(render_version=0, body_html="old", body="*new*")
    PrincipleWording.objects.filter(pk=other.pk).update(body_html="kept")
    call_command("rerender", stdout=StringIO())
    assert PrincipleWording.objects.get(pk=row.pk).body_html == "<p><em>new</em></p>\n"
    assert PrincipleWording.objects.get(pk=row.pk).render_version == markdown.RENDER_VERSION
    assert PrincipleWording.objects.get(pk=other.pk).body_html == "kept"


@pytest.mark.django_db
def test_rerender_sends_as_many_statements_for_one_text_as_for_ten(django_assert_num_queries):
    for number in (1, 10):
        outdated = PrincipleWording.objects.order_by("pk").values("pk")[:number]
        PrincipleWording.objects.filter(pk__in=outdated).update(render_version=0)
        # Asked for the outdated twice; between a savepoint, locked and stored.
        with django_assert_num_queries(6):
            rerender(PrincipleWording)
