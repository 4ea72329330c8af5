"""Where hostile texts come out again: pages, calendars, feeds and mails; and pictures that are none."""

import pytest
from django.urls import reverse

from chapter.models import Image
from tests.everywhere.hostile import FORMS, SCRIPT
from tests.everywhere.stored import trial
from tests.everywhere.test_hostile import clients, people, prepared  # noqa: F401
from tests.factories import make_comment, make_event, make_member, make_microaction, make_post, make_rsvp, make_venue
from tests.mail import deliver_all
from tests.pictures import bomb, upload

pytestmark = pytest.mark.django_db
SPLIT = "Kaffe\r\nBcc: victim@example.org\r\n\r\nX"
FORMATS = "{event.__class__} {{7*7}} {% now 'Y' %} %(x)s %s %n ${7}"
TEXTS = {"script": SCRIPT + '"><img src=x onerror=alert(1)>', "formats": FORMATS, "quotes": "'\";--\\ </title>"}
PAGES = (
    "home",
    "events",
    "events_past",
    "wall",
    "blog",
    "me",
    "desk",
    "members",
    "venues",
    "posts",
    "comments_waiting",
)


def _sent(client, form, who, person, **changes):
    """Post the valid `form` with some fields changed."""
    row = next(row for row in FORMS if (row[0], row[2]) == (form, who))
    path, fields = prepared(row[0], row[1], person, row[3])
    return client.post(path, {**fields, **changes})


# Lines stay lines


def test_a_split_name_is_one_line_in_the_mail(clients, people, mailoutbox):  # noqa: F811
    _sent(clients["visitor"], "rsvp_create", "visitor", None, name=SPLIT.replace("@example.org", ""))
    deliver_all()
    (letter,) = mailoutbox
    assert letter.recipients() == ["kari@example.org"]
    assert {"bcc", "cc"} & {name.lower() for name in letter.message().keys()} == set()  # noqa: SIM118


def test_a_split_title_is_one_line_in_mails_and_calendars(clients, people, mailoutbox):  # noqa: F811
    _sent(clients["organiser"], "event_new", "organiser", people["organiser"], title=SPLIT)
    from events.models import Event

    event = Event.objects.latest("pk")
    Event.objects.filter(pk=event.pk).update(state="published")
    make_rsvp(event=event)
    clients["organiser"].post(reverse("event_cancel", args=[event.slug]), {"reason": SPLIT})
    deliver_all()
    (letter,) = mailoutbox
    assert "\n" not in letter.subject
    assert len(letter.recipients()) == 1
    calendar = clients["visitor"].get(reverse("event_ics", args=[event.slug])).content.decode()
    assert [line for line in calendar.splitlines() if line.upper().startswith(("BCC", "X\r"))] == []
    assert calendar.count("SUMMARY") == 1


# Everything comes out as it went in, and as text


@pytest.fixture(params=TEXTS)
def text(request):
    return TEXTS[request.param]


def test_pages_and_mails_show_hostile_texts_as_texts(clients, people, text, mailoutbox):  # noqa: F811
    venue = make_venue(name=text, city=text[:40], address=text, directions=text, access_notes=text)
    writer = make_member(name=text, organisation=text)
    event = make_event(title=text, body=text, venue=venue)
    past = make_event(title=text, body=text, venue=venue, hours=1, starts_in=-event.ends_at.resolution * 10**12)
    post = make_post(title=text, body=text, lead=text, author=text, summary_of=past)
    make_comment(post=post, member=writer, body=text)
    note = make_microaction(
        member=writer, what=text, cue=text, first_step=text, name=text, event=event, status="done", result=text
    )
    rsvp = make_rsvp(event=event, name=text)
    paths = [reverse(name) for name in PAGES]
    paths += [reverse("event", args=[event.slug]), reverse("event", args=[past.slug]), post.get_absolute_url()]
    paths += [reverse("event_attendees", args=[event.slug]), reverse("microaction", args=[note.pk])]
    paths += [
        reverse("rsvp", args=[rsvp.token]),
        reverse("microaction_manage", args=[note.token]),
        "/nb/search/?q=alert",
    ]
    for path in paths:
        content = clients["organiser"].get(path).content.decode()
        assert SCRIPT not in content, path
        assert "<img src=x" not in content, path
    clients["organiser"].post(reverse("event_cancel", args=[event.slug]), {"reason": text})
    deliver_all()
    (letter,) = mailoutbox
    assert text in letter.body
    assert all(SCRIPT not in part.content for part in letter.alternatives)


# Pictures that are none


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script></html>", "picture.png"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "picture.svg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "picture.png"),
        (b"GIF89a/*<script>alert(1)</script>*/=1;", "picture.gif"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "../../picture.png"),
        (b"", "picture.png"),
        (bomb(), "bomb.png"),
    ],
    ids=["html", "svg", "svg-as-png", "gif-script", "torn", "empty", "bomb"],
)
def test_what_is_no_picture_is_refused(clients, settings, content, name):  # noqa: F811
    with trial() as outcome:
        for path, field in ((reverse("picture_new"), "picture"), (reverse("markdownx_upload"), "image")):
            response = clients["organiser"].post(path, {field: upload(content, name=name), "alt": "A cup"})
            assert response.status_code in (200, 400)
        assert not Image.objects.exists()
    assert outcome.changed == set()
    assert not list(settings.MEDIA_ROOT.rglob("*.*")) if settings.MEDIA_ROOT.exists() else True
