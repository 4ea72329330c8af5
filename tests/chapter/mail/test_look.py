"""How a mail looks: whose it is, in the dark, and a code that is read from afar."""

import logging
import re

import pytest
from django.test import Client

from chapter.mail import html
from chapter.models import Chapter
from tests.chapter.accounts.sign_in import ask_for_code, code_in
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def page(letter="Hello\n\nText"):
    return html.write(letter, {"language": "en"}).html


def test_name_and_sign_of_the_chapter_stand_above_the_heading(settings):
    above = page().partition("<h1")[0]
    name = Chapter.load().name
    assert re.search(rf'<a [^>]*href="{settings.SITE_URL}/en/"[^>]*>{name}</a>', above)
    assert re.search(r'<span [^>]*aria-hidden="true"[^>]*>1</span>', above)


def test_colours_of_the_evening_stay_in_the_mail():
    assert '<meta name="color-scheme" content="light dark">' in page()
    dark = page().partition("@media (prefers-color-scheme: dark)")[2].partition("</style>")[0]
    assert {".sheet", ".facts", ".button", ".code"} <= set(re.findall(r"\.\w+", dark))


def test_mail_asks_for_the_letters_of_the_device_alone():
    assert "@font-face" not in page() and "url(" not in page()


def test_code_is_drawn_large_and_read_as_text():
    written = html.write("Hello\n\n<code>AB12-CD34</code>", {"language": "en"})
    assert re.search(r'<p class="code" style="[^"]*font: 700 3\dpx[^"]*">AB12-CD34</p>', written.html)
    assert written.text.startswith("AB12-CD34\n")


@pytest.mark.parametrize(
    ("language", "subject", "heading"),
    [
        ("nb", "{} er innloggingskoden din", "Innloggingskoden din"),
        ("sv", "{} är din inloggningskod", "Din inloggningskod"),
        ("en", "{} is your sign-in code", "Your sign-in code"),
    ],
)
def test_subject_carries_the_code_and_the_heading_does_not(mailoutbox, language, subject, heading):
    ask_for_code(Client(), make_member(email="kari@example.org").email, language=language)
    (mail,) = mailoutbox
    assert mail.subject == subject.format(code_in(mail))
    assert f">{heading}</h1>" in mail.alternatives[0].content


def test_code_is_in_no_log(mailoutbox, caplog):
    with caplog.at_level(logging.DEBUG):
        ask_for_code(Client(), make_member(email="kari@example.org").email)
    code = code_in(mailoutbox[-1])
    assert caplog.records
    assert [record.getMessage() for record in caplog.records if code in str(vars(record))] == []
