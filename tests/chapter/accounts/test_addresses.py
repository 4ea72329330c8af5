"""Signing up and in with an address that has more than one spelling."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from chapter.models import Member
from tests.chapter.accounts.sign_in import arrive
from tests.factories import make_member, make_organiser
from tests.mail import deliver_account_mails

pytestmark = pytest.mark.django_db
IDN, ASCII = "kari@blåbær.no", "kari@xn--blbr-roah.no"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def _post(client, view, **fields):
    page = client.post(reverse(view), fields)
    deliver_account_mails()
    return page


@pytest.mark.parametrize("typed", [IDN, ASCII, "KARI@BLÅBÆR.NO"])
def test_one_account_whatever_the_spelling(client, typed):
    make_member(email=IDN)
    _post(client, "account_signup", email=typed, name="Kari")
    assert list(Member.objects.filter(email__contains="kari").values_list("email", flat=True)) == [ASCII]
    assert "You already have one" in mail.outbox[0].body
    assert mail.outbox[0].to == [ASCII]


@pytest.mark.parametrize("typed", [IDN, ASCII, " Kari@Blåbær.no "])
def test_one_signs_in_with_either_spelling(client, typed):
    make_member(email=ASCII)
    page = client.post(reverse("account_login"), {"login": typed}, follow=True)
    deliver_account_mails()
    assert [mail.to for mail in mail.outbox] == [[ASCII]]
    assert "code" in mail.outbox[0].subject.lower()
    assert (IDN in page.content.decode(), ASCII in page.content.decode()) == (True, False)


@pytest.mark.parametrize("typed", ["ſteve@example.org", "ıvan@example.org", "кирилл@example.org", "kari@[127.0.0.1]"])
@pytest.mark.parametrize(("view", "name"), [("account_signup", "email"), ("account_login", "login")])
def test_what_cannot_be_an_address_is_told_beside_the_field(client, view, name, typed):
    make_member(email="steve@example.org"), make_member(email="ivan@example.org")
    page = _post(client, view, **{name: typed, "name": "Steve"})
    assert page.status_code == 200 and page.context["form"].errors[name]
    assert (mail.outbox, Member.objects.count()) == ([], 2)


def test_new_address_of_a_member_is_mailed_in_its_one_form(client):
    arrive(client, make_member())
    page = _post(client, "account_email", email=IDN, action_add="")
    assert page.status_code == 302, page.context["form"].errors
    assert [sent.to for sent in mail.outbox] == [[ASCII]]
    page = _post(client, "account_email", email="ſteve@example.org", action_add="")
    assert page.context["form"].errors["email"]


def test_organiser_is_made_by_either_spelling():
    call_command("make_organiser", IDN, verbosity=0)
    call_command("make_organiser", ASCII, verbosity=0)
    assert Member.objects.get().email == EmailAddress.objects.get().email == ASCII
    with pytest.raises(CommandError):
        call_command("make_organiser", "ſteve@example.org", verbosity=0)


@pytest.mark.parametrize("name", ["account_emailaddress", "chapter_member"])
def test_admin_refuses_it_with_a_message(client, name):
    member = make_organiser(is_staff=True, is_superuser=True)
    client.force_login(member)
    row = member if name == "chapter_member" else member.emailaddress_set.get()
    url = reverse(f"admin:{name}_change", args=[row.pk])
    form = client.get(url).context["adminform"].form
    data = {key: value for key, value in form.initial.items() if value is not None}
    page = client.post(url, {**data, "email": "ſteve@example.org"})
    assert page.status_code == 200 and page.context["adminform"].form.errors["email"]
    client.post(url, {**data, "email": IDN})
    row.refresh_from_db()
    assert row.email == ASCII
