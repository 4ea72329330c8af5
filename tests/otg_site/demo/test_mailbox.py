"""The demo's mailbox: what is sent can be read, and a mail is never more than a mail."""

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from otg_site.demo.mailbox import backend as mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _to_files(settings):
    settings.EMAIL_BACKEND = "otg_site.demo.mailbox.backend.FileBackend"


def send(*, subject="Du er påmeldt", text="Hei", html="", files=()):
    """Sends a mail and returns its name in the mailbox."""
    message = EmailMultiAlternatives(subject, text, to=["gjest@example.org"])
    if html:
        message.attach_alternative(html, "text/html")
    for file in files:
        message.attach(*file)
    message.send()
    return mailbox.names()[0]


def page(client, *parts):
    return client.get("/".join(["/demo/mail", *parts, ""])).content.decode()


def test_mails_are_listed_newest_first(client):
    send(subject="Først")
    send(subject="Sist")
    html = page(client)
    assert html.index("Sist") < html.index("Først")
    assert html.count("gjest@example.org") == 2


def test_empty_mailbox_says_what_to_do(client):
    assert 'class="empty"' in page(client)


def test_mail_shows_its_text_with_our_links_alone(client):
    ours = f"{settings.SITE_URL}/nb/rsvp/abc/"
    html = page(client, send(text=f"Bekreft: {ours}. Les https://example.org/ <b>"))
    assert f'Bekreft: <a href="{ours}">{ours}</a>. Les https://example.org/ &lt;b&gt;' in html


@pytest.mark.parametrize("evil", ["{}.example.org/", "{}@example.org/", "{}9/"])
def test_address_that_only_begins_like_ours_is_no_link(evil):
    address = evil.format(settings.SITE_URL)
    assert f'href="{address}' not in mailbox.with_links(address)


def test_html_part_is_drawn_in_a_sandbox(client):
    name = send(html="<html><head></head><body><script>alert(1)</script><p style='color:red'>Hei</p></body></html>")
    response = client.get(f"/demo/mail/{name}/html/")
    directives = [part.strip() for part in response["Content-Security-Policy"].split(";")]
    assert directives[:3] == [
        "sandbox allow-popups allow-popups-to-escape-sandbox",
        "default-src 'none'",
        "style-src 'unsafe-inline'",
    ]
    assert "frame-ancestors 'self'" in directives


def test_only_the_page_of_a_mail_may_have_a_frame(client):
    name = send(html="<p>Hei</p>")
    assert "frame-src 'self'" in client.get(f"/demo/mail/{name}/")["Content-Security-Policy"]
    assert "frame-src" not in client.get("/demo/mail/")["Content-Security-Policy"]


def test_mail_without_html_has_no_frame(client):
    assert "<iframe" not in page(client, send())


def test_attachment_can_be_saved(client):
    name = send(files=[("treff.ics", b"BEGIN:VCALENDAR", "text/calendar"), ("x.html", b"<script>", "text/html")])
    calendar, page = (client.get(f"/demo/mail/{name}/{number}/") for number in (0, 1))
    assert (calendar.content.strip(), calendar["Content-Type"]) == (
        b"BEGIN:VCALENDAR",
        "text/calendar; charset=utf-8",
    )
    assert calendar["Content-Disposition"] == 'attachment; filename="treff.ics"'
    assert page["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "path",
    ["unknown/", "20260101000000000000-abcdef12/", "..%2f..%2fmanage/", "{}/1/", f"{{}}/{10**40}/", "{}/-1/"],
)
def test_what_is_not_there_is_404(client, path):
    assert client.get(f"/demo/mail/{path.format(send())}").status_code == 404


def test_half_written_mail_is_not_shown():
    name = send()
    (mailbox._folder() / f"{name[:-1]}0.part").write_bytes(b"")
    assert mailbox.names() == [name]
