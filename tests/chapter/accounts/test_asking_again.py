"""Before what would hurt, a member says once more who they are."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from chapter.models import Member
from tests.chapter.accounts.sign_in import code_in, sign_in
from tests.factories import make_member
from tests.mail import deliver_account_mails

pytestmark = pytest.mark.django_db
ASK = "/nb/accounts/reauthenticate/"
BY_CODE = "/nb/accounts/reauthenticate/code/"
GUARDED = [
    ("get", "/nb/me/export/", {}),
    ("get", "/nb/me/delete/", {}),
    ("post", "/nb/me/delete/", {"texts": "remove"}),
    ("post", "/nb/accounts/email/", {"action_add": "1", "email": "thief@example.org"}),
    ("get", "/nb/accounts/2fa/webauthn/add/", {}),
    ("get", "/nb/accounts/2fa/totp/activate/", {}),
]


@pytest.fixture
def member(client, time_machine, mailoutbox):
    """Signed in half an hour ago."""
    time_machine.move_to("2026-11-02T12:00:00Z")
    member = make_member()
    sign_in(client, member, mailoutbox)
    time_machine.shift(1800)
    return member


def does(client, method, address, fields):
    return getattr(client, method)(address, fields)


@pytest.mark.parametrize(("method", "address", "fields"), GUARDED)
def test_asked_first(client, member, method, address, fields):
    response = does(client, method, address, fields)
    assert (response.status_code, response.url.partition("?")[0]) == (302, ASK)
    assert (Member.objects.filter(pk=member.pk).exists(), member.emailaddress_set.count()) == (True, 1)


@pytest.mark.parametrize(("method", "address", "fields"), GUARDED)
def test_not_asked_just_after_signing_in(client, mailoutbox, method, address, fields):
    sign_in(client, make_member(), mailoutbox)
    assert not getattr(does(client, method, address, fields), "url", "").startswith(ASK)


def test_member_without_a_passkey_gets_a_code_by_mail_and_goes_on(client, member, mailoutbox):
    asked = client.get("/nb/me/export/", follow=True)
    address = asked.redirect_chain[-1][0]
    assert address == f"{BY_CODE}?next=%2Fnb%2Fme%2Fexport%2F"
    client.post(address)
    deliver_account_mails()
    response = client.post(address, {"code": code_in(mailoutbox[-1])})
    assert response.url == "/nb/me/export/"
    assert client.get("/nb/me/export/").status_code == 200


def test_wrong_code_opens_nothing(client, member, mailoutbox):
    client.post(BY_CODE)
    for _ in range(4):
        assert client.post(BY_CODE, {"code": "0000 0000"}).status_code == 200
    deliver_account_mails()
    client.post(BY_CODE, {"code": code_in(mailoutbox[-1])})
    assert client.get("/nb/me/export/").status_code == 302


def test_code_counts_only_where_it_was_asked_for(client, member, mailoutbox):
    thief = Client()
    thief.force_login(member)
    client.post(BY_CODE)
    deliver_account_mails()
    thief.post(BY_CODE, {"code": code_in(mailoutbox[-1])})
    assert thief.get("/nb/me/export/").status_code == 302


def test_member_with_a_second_factor_is_asked_for_that(client, member):
    Authenticator.objects.create(user=member, type="totp", data={"secret": "x"})
    asked = client.get("/nb/me/delete/", follow=True)
    assert asked.redirect_chain[-1][0] == "/nb/accounts/2fa/reauthenticate/?next=%2Fnb%2Fme%2Fdelete%2F"


def test_code_by_mail_is_no_way_round_a_second_factor(client, member, mailoutbox):
    Authenticator.objects.create(user=member, type="totp", data={"secret": "x"})
    assert client.post(BY_CODE).url.startswith(ASK)
    deliver_account_mails()
    assert len(mailoutbox) == 1
