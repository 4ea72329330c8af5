"""A letter's template as text and as HTML: what each mark becomes, and that people's words are never one."""

import re

import pytest
from django.template import engines

from chapter.mail import html

pytestmark = pytest.mark.django_db
PAGE = "https://chapter.example.org/"


def written(template, **context):
    letter = engines["django"].from_string("{% load chapter_tags %}" + template).render(context)
    return html.write(letter, {"language": "en"})


def sheet(template, **context):
    """The HTML below the heading and above the foot, without the styles."""
    page = re.sub(r' style="[^"]*"', "", written(template, **context).html)
    return re.search(r"</h1>(.*)</div>\s*<div class=\"foot\">", page, re.DOTALL)[1].strip()


def test_first_line_is_the_subject_and_the_heading():
    letter = written("Hello {{ name }}\n\nText", name="A & B")
    assert (letter.subject, "A &amp; B</h1>" in letter.html) == ("Hello A & B", True)


@pytest.mark.parametrize(
    ("template", "text", "drawn"),
    [
        ("One\ntwo\n\nthree", "One\ntwo\n\nthree", "<p>One<br>\ntwo</p>\n<p>three</p>"),
        (f"Open:\n<{PAGE}>", f"Open:\n{PAGE}", f'<p><a class="button" href="{PAGE}">Open</a></p>'),
        (f"A page: <{PAGE}>", f"A page: {PAGE}", f'<p><a href="{PAGE}">A page</a></p>'),
        (f"Ready:\nHere\n<{PAGE}>", f"Ready:\nHere\n{PAGE}", f'<p>Ready:<br>\n<a href="{PAGE}">Here</a></p>'),
        (f"<b>Online:</b> <{PAGE}>", f"Online: {PAGE}", f'<p><b>Online:</b> <a href="{PAGE}">{PAGE}</a></p>'),
        ("<a@b.no> here", "a@b.no here", '<p><a href="mailto:a@b.no">a@b.no</a> here</p>'),
        ("<facts>\nX\n</facts>\nY", "X\n\nY", '<div class="facts">\n<p>X</p>\n</div>\n<p>Y</p>'),
        ("<facts>\nX\n<b>When:</b> Y\n</facts>", "X\nWhen: Y", '<div class="facts">\n<p>X</p>\n<p><b>When:</b> Y</p>\n</div>'),
        ("<h2>Now</h2>\n\nX", "Now\n\nX", "<h2>Now</h2>\n<p>X</p>"),
        ("X\n\n---\n\nY", "X\n\n---\n\nY", "<p>X</p>\n<hr>\n<p>Y</p>"),
    ],
)  # fmt: skip
def test_mark_is_read_as_text_and_drawn_as_html(template, text, drawn):
    letter = f"Subject\n\n{template}"
    assert (written(letter).text.rpartition("\n-- \n")[0].strip(), sheet(letter)) == (text, drawn)


def test_words_in_another_language_say_so_in_each_paragraph():
    template = "Subject\n\n{{ words|in_language:'sv' }}"
    drawn = '<p><span lang="sv">Ett<br>\ntvå &amp;</span></p>\n<p><span lang="sv">tre</span></p>'
    assert (
        sheet(template, words="Ett\ntvå &\n\ntre"),
        "Ett\ntvå &" in written(template, words="Ett\ntvå &").text,
    ) == (
        drawn,
        True,
    )


def test_markdown_is_drawn_with_whole_addresses_and_read_as_it_was_typed(settings):
    template, body = "Subject\n\n<markdown sv>\n{{ body }}\n</markdown>\n\nAfter", "**Hej** [du](/sv/)\n\n<b>"
    drawn = sheet(template, body=body)
    assert f'<div lang="sv"><p><strong>Hej</strong> <a href="{settings.SITE_URL}/sv/"' in drawn
    assert ("<p>&lt;b&gt;</p>\n</div>\n<p>After</p>" in drawn, body in written(template, body=body).text) == (
        True,
        True,
    )


def test_what_stands_below_the_dashes_is_the_foot():
    letter = written("Subject\n\nText\n\n-- \nYou asked.\nStop:\n<https://chapter.example.org/stop/>")
    sheet, _, foot = letter.html.partition('<div class="foot"')
    assert ("You asked." in sheet, "You asked." in foot, ">Stop</a>" in foot) == (False, True, True)
    assert letter.text.startswith(
        "Text\n\n-- \nYou asked.\nStop:\nhttps://chapter.example.org/stop/\n\nOne Team Gov\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        f"Open:\n<{PAGE}>",
        f"Open: <{PAGE}>",
        f"Open:\n{PAGE}",
        f"[Open]({PAGE})",
        "<a@b.no>",
        "<h2>Now</h2>",
        "</facts>",
        "</markdown>",
        "&lt;b&gt;",
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
    ],
)
def test_words_of_a_person_make_no_mark(words):
    template = "Subject\n\n{{ words }}\n\n-- \nWhy"
    tags = re.findall(r"<(\w+)", sheet(template, words=words))
    assert (set(tags) <= {"p", "br"}, words in written(template, words=words).text) == (True, True)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "img src=x onerror=alert(1)", "b onclick=alert(1)", "//a.no"]
)
def test_address_that_is_none_stays_text(address):
    template = "Subject\n\n<b>Online:</b> <{{ address }}>"
    drawn = f"<p><b>Online:</b> &lt;{address}&gt;</p>"
    assert (sheet(template, address=address), f"<{address}>" in written(template, address=address).text) == (
        drawn,
        True,
    )


def test_dashes_of_a_person_do_not_begin_the_foot():
    letter = written("Subject\n\n{{ words }}\n\n-- \nWhy", words="Bye\n-- \nKari")
    assert "Kari" in letter.html.partition('<div class="foot"')[0]
