"""Where organisers need a second factor, one without it is a member like any other: at each address, in each answer."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from blog.models import Post
from events.models import Event
from tests.everywhere.test_access import BACKEND
from tests.everywhere.test_hostile import address, with_addresses
from tests.factories import (
    make_board,
    make_comment,
    make_event,
    make_member,
    make_microaction,
    make_organiser,
    make_post,
    make_proposal,
    make_rsvp,
    make_series,
)

pytestmark = pytest.mark.django_db
# The way to a second factor, and what says whom one is.
OWN = {"me", "me_export", "me_delete", "mfa_activate_totp", "mfa_add_webauthn"}


@pytest.fixture(autouse=True)
def _needs_second_factor(settings):
    settings.ORGANISERS_NEED_SECOND_FACTOR = True


@pytest.fixture
def drafts():
    """What a member must not see, of each kind, with a word to find it by."""
    word = "Zzyzx"
    make_event(title=f"{word} event", state="draft")
    make_event(title=f"{word} in series", state="draft", series=make_series(title=f"{word} series"))
    make_post(title=f"{word} post", is_draft=True)
    make_comment(post=make_post(slug="open-post"), body=f"{word} comment", status="held")
    make_microaction(what=f"{word} microaction", held=True)
    make_proposal(what=f"{word} proposal")
    make_board(event=make_event(slug="open-event"))
    return word


def signed_in(member):
    client = Client()
    client.force_login(member, backend=BACKEND)
    return client


def is_sent_for_one(answer):
    return answer.status_code == 302 and "/2fa/" in answer["Location"]


def looks(answer):
    """An answer without what differs from reader to reader."""
    text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
    text = re.sub(r'value="[^"]*"|nonce="[^"]*"|Member \d+|member\d+@example.org|20\d\d-\d\d-\d\dT[\d:.]+', "", text)
    return answer.status_code, text


@with_addresses
def test_without_it_an_organiser_gets_what_a_member_gets(drafts, name, arguments):
    path = address(name, arguments, make_member())
    # A board shows the time.
    with time_machine.travel(timezone.now(), tick=False):
        member, organiser = (signed_in(person).get(path) for person in (make_member(), make_organiser()))
    if is_sent_for_one(organiser):
        # The door says that there is one: to a member it does not even that.
        assert member.status_code in (403, 404) or is_sent_for_one(member)
    elif name not in OWN:
        assert looks(organiser) == looks(member)


@pytest.mark.parametrize(
    "path",
    [
        "/nb/", "/nb/events/", "/nb/events/past/", "/nb/events/series/", "/nb/blog/", "/nb/blog/open-post/", "/nb/microactions/",
        "/nb/search/?q=Zzyzx", "/nb/events/open-event/", "/nb/events/feed.ics", "/nb/blog/feed/", "/nb/microactions/feed/", "/nb/me/",
        "/nb/events/events.json", "/nb/principles/1/",
    ],
)  # fmt: skip
def test_no_page_shows_it_a_draft_or_a_held_word(drafts, path):
    shown = signed_in(make_organiser()).get(path).content.decode()
    assert re.findall("Zzyzx (?:event|in series|series|post|comment|microaction|proposal)", shown) == []


def test_a_draft_of_ones_own_is_not_open_to_a_host_without_it(drafts):
    host, draft = make_member(), Event.objects.drafts().first()
    draft.hosts.add(host)
    client = signed_in(host)
    assert (client.get(draft.get_absolute_url()).status_code, Event.objects.run_by(host).exists()) == (404, False)
    assert "/2fa/" in client.get(f"/nb/events/{draft.slug}/hosts/")["Location"]


def test_a_host_without_it_sees_nobody_who_comes():
    host, rsvp = make_member(), make_rsvp(name="Zzyzx")
    rsvp.event.hosts.add(host)
    path = rsvp.event.get_absolute_url()
    member, asked = (signed_in(person).get(path) for person in (make_member(), host))
    assert looks(member) == looks(asked)


def test_with_it_an_organiser_sees_them(drafts):
    organiser = make_organiser()
    Authenticator.objects.create(user=organiser, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client, post = signed_in(organiser), Post.objects.get(is_draft=True)
    assert [client.get(path).status_code for path in (post.get_absolute_url(), "/nb/organise/")] == [200, 200]
    assert "Zzyzx comment" in client.get("/nb/blog/open-post/").content.decode()
