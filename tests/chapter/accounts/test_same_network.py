"""A stranger at the owner's own client address, as behind one office router, keeps nobody from signing in.

The stranger has used up all that can be used up there; then the owner comes, and is in at the first try.
"""

import time
from contextlib import contextmanager

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from blog.models import Comment
from blog.posts import views as post_views
from chapter.accounts import codes
from chapter.web import ratelimits
from events.models import Proposal, Rsvp
from events.proposals import views as proposal_views
from microactions.models import Makker, Microaction
from tests.chapter.accounts.passkey import Passkey
from tests.chapter.accounts.sign_in import CODE, code_in, type_code
from tests.factories import (
    make_comment,
    make_event,
    make_makker,
    make_member,
    make_microaction,
    make_post,
    make_proposal,
    make_rsvp,
)
from tests.mail import deliver_account_mails

pytestmark = pytest.mark.django_db
OFFICE, OWNER, STRANGER = "203.0.113.7", "kari@example.org", "mallory@example.org"
SECOND = "/nb/accounts/2fa/authenticate/"


# The address in the mail with which a guest confirms, of each kind.
LINKS = {
    "rsvp": lambda email: make_rsvp(status="pending", email=email, name="").get_absolute_url(),
    "proposal": lambda email: make_proposal(state="unconfirmed", email=email).get_absolute_url(),
    "comment": lambda email: make_comment(status="unconfirmed", name="Kari", email=email).get_guest_url(),
    "microaction": lambda email: reverse(
        "microaction_manage", args=[make_microaction(member=None, status="pending", email=email).token]
    ),
    "makker": lambda email: reverse("makker", args=[make_makker(status="pending", email=email).token]),
}


def browser():
    return Client(REMOTE_ADDR=OFFICE)


def ask(client, email):
    return client.post("/nb/accounts/login/", {"login": email})


def newest_code(mailbox, email):
    deliver_account_mails()
    return code_in([mail for mail in mailbox if mail.to == [email] and CODE.search(mail.body)][-1])


def is_in(client):
    return "_auth_user_id" in client.session


def with_app(member):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(member, secret)
    return lambda: totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def owner():
    return make_member(email=OWNER)


@pytest.fixture
def used_up(mailoutbox, monkeypatch, settings):
    """What a stranger in the same office does first, with the owner's address and with an account of their own."""
    settings.SIGN_UP_SECONDS = 0
    for name in ("POSTS_PER_ADDRESS", "POSTS_PER_LINK"):
        monkeypatch.setattr(ratelimits, name, 5)
    monkeypatch.setattr(proposal_views, "POSTS_PER_ADDRESS", 5)
    monkeypatch.setattr(post_views, "GUESTS_PER_ADDRESS", 5)
    monkeypatch.setattr(codes, "GUESSES_AN_HOUR", 5)

    def use_up():
        cache.clear()
        for _ in range(5):
            guessing = browser()
            ask(guessing, OWNER)
            for _ in range(4):
                type_code(guessing, "0000 0000")
        # More than allauth would let one address do by itself.
        for n in range(32):
            ask(browser(), f"nobody{n}@example.org")
        for _ in range(22):
            browser().post("/nb/accounts/signup/", {"email": OWNER, "name": "Mallory"})
        for _ in range(12):
            Passkey.sign_in(FORGED, browser())
        own = browser()
        with_app(make_member(email=STRANGER))
        ask(own, STRANGER)
        type_code(own, newest_code(mailoutbox, STRANGER))
        for _ in range(12):
            own.post(SECOND, {"code": "000000"})
        for link in LINKS.values():
            own_link = link(STRANGER)
            for _ in range(7):
                browser().post(own_link, {"action": "confirm"})
        for _ in range(7):
            browser().post(reverse("propose"), {})
            browser().post(reverse("comment_create", args=[make_post().pk]), {})

    return use_up


class Forged(Passkey):
    def __init__(self):
        pass

    def sign(self, challenge):
        return "{}"


FORGED = Forged()


def types_the_code(owner, mailbox):
    client = browser()
    ask(client, OWNER)
    type_code(client, newest_code(mailbox, OWNER))
    return client


def with_a_code(owner, mailbox):
    assert is_in(types_the_code(owner, mailbox))


def with_a_code_and_the_app(owner, mailbox):
    typed = with_app(owner)
    client = types_the_code(owner, mailbox)
    client.post(SECOND, {"code": typed()})
    assert is_in(client)


def with_a_code_and_a_recovery_code(owner, mailbox):
    with_app(owner)
    typed = RecoveryCodes.activate(owner).get_unused_codes().pop
    client = types_the_code(owner, mailbox)
    client.post(SECOND, {"code": typed()})
    assert is_in(client)


def with_a_passkey(owner, mailbox):
    client = browser()
    Passkey(owner).sign_in(client)
    assert is_in(client)


def signed_in(owner):
    client = browser()
    client.force_login(owner)
    return client


def asked_again_for_a_code(owner, mailbox):
    client, again = signed_in(owner), "/nb/accounts/reauthenticate/code/?next=/nb/me/export/"
    client.post(again)
    assert client.post(again, {"code": newest_code(mailbox, OWNER)}).url == "/nb/me/export/"


def asked_again_for_the_app(owner, mailbox):
    client, again = signed_in(owner), "/nb/accounts/2fa/reauthenticate/?next=/nb/me/export/"
    assert client.post(again, {"code": with_app(owner)()}).url == "/nb/me/export/"


def as_a_member_where_guests_are_too_many(owner, mailbox):
    event, client = make_event(), signed_in(owner)
    for _ in range(7):
        browser().post(reverse("rsvp_create", args=[event.slug]), {})
    client.post(reverse("rsvp_create", args=[event.slug]))
    assert event.rsvps.get().member == owner


WAYS = [
    with_a_code,
    with_a_code_and_the_app,
    with_a_code_and_a_recovery_code,
    with_a_passkey,
    asked_again_for_a_code,
    asked_again_for_the_app,
    as_a_member_where_guests_are_too_many,
]


def test_each_way_in_stays_open_for_the_owner(owner, used_up, mailoutbox, subtests):
    used_up()
    for way in WAYS:
        # All ways start from the same point: the limits are in the database, too.
        with subtests.test(way.__name__), rolled_back():
            way(owner, mailoutbox)


@contextmanager
def rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_guest_confirms_by_the_link_in_the_mail(used_up):
    links = [link(OWNER) for link in LINKS.values()]
    used_up()
    assert [browser().post(link, {"action": "confirm"}).status_code for link in links] == [302] * 5
    kept = [
        Rsvp.objects.going(),
        Proposal.objects.filter(state="open"),
        Comment.objects.held(),
        Microaction.objects.open(),
        Makker.objects.accepted(),
    ]
    assert [rows.filter(email=OWNER).count() for rows in kept] == [1] * 5
