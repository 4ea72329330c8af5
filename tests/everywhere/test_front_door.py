"""What every form holds against: other sites, fields that it does not ask for, other people, and strange bodies."""

import pytest
from django.test import Client

from blog.models import Comment, Post
from chapter.models import Member
from events.models import Event, Rsvp
from microactions.models import Microaction
from tests.chapter.accounts.sign_in import arrive
from tests.everywhere.hostile import FORMS, ON_THE_SPOT, TRUSTED
from tests.everywhere.stored import trial
from tests.everywhere.test_hostile import address, clients, people, prepared, undone  # noqa: F401
from tests.factories import make_comment, make_event, make_member, make_microaction, make_post, make_rsvp

# A mail program's POST has neither cookie nor token (RFC 8058); what it can do is in its address.
FROM_ANYWHERE = {"rsvp_stop", "microaction_stop", "makker_stop", "microaction_address"}
all_forms = pytest.mark.parametrize(
    ("name", "arguments", "who", "fields"), FORMS + ON_THE_SPOT, ids=[f"{r[0]}-{r[2]}" for r in FORMS + ON_THE_SPOT]
)
pytestmark = pytest.mark.django_db


# Forms from elsewhere


@all_forms
def test_forms_from_elsewhere_are_refused(people, name, arguments, who, fields):  # noqa: F811
    path, fields = prepared(name, arguments, people[who], fields)
    client = Client(enforce_csrf_checks=True)
    if people[who]:
        arrive(client, people[who])
    for origin in (None, "https://evil.example.org", "null"):
        with trial() as outcome:
            response = client.post(path, fields, headers={"origin": origin} if origin else None)
        if name not in FROM_ANYWHERE:
            assert (response.status_code, response.templates[0].name) == (403, "errors/page.html"), origin
            assert outcome.changed == set(), origin


# More than the form asks for


def _standing():
    """Who may what, who is in, what is public."""
    return [
        sorted(Member.objects.values_list("email", "is_organiser", "is_staff", "is_superuser", "is_active")),
        sorted(Rsvp.objects.values_list("status", "email", "member__email"), key=str),
        sorted(Microaction.objects.values_list("status", "held", "member__email", "visibility"), key=str),
        sorted(Post.objects.values_list("is_draft", "bylines__name"), key=str),
        sorted(Comment.objects.values_list("status", "member__email")),
        sorted(Event.objects.values_list("state", "sequence")),
    ]


@pytest.mark.parametrize(("name", "arguments", "who", "fields"), FORMS, ids=[f"{row[0]}-{row[2]}" for row in FORMS])
def test_forms_take_nothing_that_they_do_not_ask_for(clients, people, name, arguments, who, fields):  # noqa: F811
    path, fields = prepared(name, arguments, people[who], fields)
    with undone():
        clients[who].post(path, fields)
        expected = _standing()
    if people[who]:
        arrive(clients[who], people[who])
    clients[who].post(path, {**TRUSTED, "author": people["organiser"].pk or 0, **fields})
    assert _standing() == expected


# Somebody else's


def _someone_elses():
    rsvp = make_rsvp(member=make_member())
    draft = make_post(is_draft=True)
    private = make_microaction(visibility="me")
    return [
        (f"/nb/events/{rsvp.event.slug}/rsvp/cancel/", {}),
        (f"/nb/events/{make_event(state='draft').slug}/rsvp/", {}),
        (f"/nb/blog/{draft.pk}/comment/", {"body": "Hello"}),
        (f"/nb/blog/comments/{make_comment().pk}/delete/", {}),
        (f"/nb/microactions/{private.pk}/cheer/", {"cheer": "yes"}),
        (f"/nb/microactions/manage/{private.pk}/", {"action": "delete"}),
        (f"/nb/microactions/manage/{private.token[:-1]}/", {"action": "delete"}),
        (f"/nb/events/rsvp/{rsvp.token[:-1]}/", {"action": "cancel"}),
    ]


@pytest.mark.parametrize("place", range(8))
def test_someone_elses_is_not_found_and_stays_as_it_is(clients, place):  # noqa: F811
    path, fields = _someone_elses()[place]
    with trial() as outcome:
        assert clients["member"].post(path, fields).status_code == 404
    assert outcome.changed == set()


# Bodies and headers that no browser sends


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"name": "\\u0000", "email": [[[[]]]]}', "application/json"),
        ("name=Kari&email=kari@example.org", "text/plain"),
        ("no boundary at all", "multipart/form-data"),
        ("--x\r\nContent-Disposition: form-data; name=\xff\r\n\r\n", "multipart/form-data; boundary=x"),
        ("--x\r\nbroken", "multipart/form-data; boundary=" + "x" * 300),
        ("name=Kari", "application/x-www-form-urlencoded; charset=utf-16"),
        ("name=Kari", "application/x-www-form-urlencoded; charset=nonsense"),
        ("&".join(f"a{n}=1" for n in range(1001)), "application/x-www-form-urlencoded"),
        ("body=" + "[" * 10_000_000, "application/x-www-form-urlencoded"),
        ("", ""),
    ],
    ids=["json", "plain", "no-boundary", "bytes", "boundary", "utf-16", "nonsense", "1001", "10MB", "nothing"],
)
@pytest.mark.parametrize(
    ("name", "who"), [("pledge", "visitor"), ("post_new", "organiser"), ("account_login", "visitor")]
)
def test_strange_bodies(clients, name, who, body, content_type):  # noqa: F811
    with trial() as outcome:
        response = clients[who].generic("POST", address(name, {}, None), body.encode("latin-1"), content_type)
    assert response.status_code < 500
    assert outcome.changed == set()


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": 'session="aaaaaaaaaaaa\\000"'},
        {"cookie": "session=" + "%00" * 8 + "; cheers=\xff; django_language=../../etc"},
        {"cookie": 'cheer="\\000\\000"; messages="{[["; csrftoken=\x7f'},
        {"accept-language": "nb-" * 1500},
        {"accept-language": "\x01,;q=x,*;q=1e400"},
        {"x-forwarded-for": "\x00, <script>", "x-forwarded-host": "evil.example.org"},
        {"host": "evil.example.org"},
        {"if-modified-since": "9" * 400, "if-none-match": "\x00"},
        {"hx-request": "true", "hx-current-url": "http://[", "hx-target": "%00"},
        {"range": "bytes=99999999999999999999-"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/nb/", "/nb/microactions/", "/nb/me/", "/nb/events/feed.ics"])
def test_strange_headers(path, headers):
    response = Client().get(path, headers=headers)
    assert response.status_code < 500
    assert "evil.example.org" not in response.content.decode() + response.get("Location", "")
