"""A stranger at the owner's own client address, as behind one office router, keeps nobody from signing in.

The stranger has used up all that can be used up there; then the owner comes, and is in at the first try.
"""

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from chapter.accounts import codes
from chapter.web import ratelimits
from events.models import Proposal, Rsvp
from events.proposals import views as proposal_views
from microactions.models import Makker, Microaction
from tests.chapter.accounts.passkey import Passkey
from tests.chapter.accounts.sign_in import CODE, code_in, type_code
from tests.factories import make_event, make_makker, make_member, make_microaction, make_proposal, make_rsvp
from tests.mail import deliver_account_mails

pytestmark = pytest.mark.django_db
OFFICE, OWNER, STRANGER = "203.0.113.7", "kari@example.org", "mallory@example.org"
SECOND = "/nb/accounts/2fa/authenticate/"


# The address in the mail with which a guest confirms, of each kind.
LINKS = {
    "rsvp": lambda email: make_rsvp(status="pending", email=email, name="").get_absolute_url(),
    "proposal": lambda email: make_proposal(state="unconfirmed", email=email).get_absolute_url(),
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
    monkeypatch.setattr(codes, "GUESSES_AN_HOUR", 5)

    def use_up():
        cache.clear()
        for _ in range(5):
            guessing = browser()
            ask(guessing, OWNER)
            for _ in range(4):
                type_code(guessing, "BBBB-BBBB")
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

    return use_up


class Forged(Passkey):
    def __init__(self):
        pass

    def sign(self, challenge):
        return "{}"


FORGED = Forged()


def test_owner_asks_for_a_code_and_types_it(owner, used_up, mailoutbox):
    used_up()
    client = browser()
    ask(client, OWNER)
    type_code(client, newest_code(mailoutbox, OWNER))
    assert is_in(client)


@pytest.mark.parametrize("kind", ["app", "recovery code"])
def test_owner_types_the_second_factor(owner, used_up, mailoutbox, kind):
    typed = with_app(owner)
    if kind == "recovery code":
        typed = RecoveryCodes.activate(owner).get_unused_codes().pop
    used_up()
    client = browser()
    ask(client, OWNER)
    type_code(client, newest_code(mailoutbox, OWNER))
    client.post(SECOND, {"code": typed()})
    assert is_in(client)


def test_owner_uses_a_passkey(owner, used_up):
    passkey = Passkey(owner)
    used_up()
    client = browser()
    passkey.sign_in(client)
    assert is_in(client)


def test_owner_is_asked_again_and_types_the_code(owner, used_up, mailoutbox):
    client = browser()
    client.force_login(owner)
    used_up()
    again = "/nb/accounts/reauthenticate/code/?next=/nb/me/export/"
    client.post(again)
    assert client.post(again, {"code": newest_code(mailoutbox, OWNER)}).url == "/nb/me/export/"


def test_owner_is_asked_again_for_the_app(owner, used_up):
    client = browser()
    client.force_login(owner)
    typed = with_app(owner)
    used_up()
    again = "/nb/accounts/2fa/reauthenticate/?next=/nb/me/export/"
    assert client.post(again, {"code": typed()}).url == "/nb/me/export/"


def test_guest_confirms_by_the_link_in_the_mail(used_up):
    links = [link(OWNER) for link in LINKS.values()]
    used_up()
    assert [browser().post(link, {"action": "confirm"}).status_code for link in links] == [302] * 4
    kept = [
        Rsvp.objects.going(),
        Proposal.objects.filter(state="open"),
        Microaction.objects.open(),
        Makker.objects.accepted(),
    ]
    assert [rows.filter(email=OWNER).count() for rows in kept] == [1] * 4


def test_member_says_yes_although_all_guests_of_the_network_are_too_many(owner, used_up):
    event, client = make_event(), browser()
    client.force_login(owner)
    used_up()
    for _ in range(7):
        browser().post(reverse("rsvp_create", args=[event.slug]), {})
    client.post(reverse("rsvp_create", args=[event.slug]))
    assert event.rsvps.get().member == owner
