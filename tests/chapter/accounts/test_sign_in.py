"""Signing in by mailed code: what works, and what must not."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from chapter.accounts import sign_in as hooks
from chapter.mail import sealed
from chapter.models import Member
from tests.chapter.accounts.sign_in import ask_for_code, code_in, sign_in, type_code
from tests.factories import make_member
from tests.mail import deliver_account_mails

pytestmark = pytest.mark.django_db


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_code_from_the_mail_signs_in(client, mailoutbox):
    member = make_member()
    response = sign_in(client, member, mailoutbox)
    assert (response.url, client.session["_auth_user_id"]) == ("/nb/me/", str(member.pk))


def test_mail_is_plain_and_html_in_the_language_of_the_page(client, mailoutbox):
    member = make_member()
    ask_for_code(client, member.email, language="sv")
    (mail,) = mailoutbox
    html, kind = mail.alternatives[0]
    assert (mail.to, kind, mail.extra_headers["Content-Language"]) == ([member.email], "text/html", "sv")
    assert code_in(mail) in html
    assert '<html lang="sv">' in html


def test_unknown_address_gets_the_same_answer_and_another_mail(client, mailoutbox):
    known = ask_for_code(client, make_member().email)
    client.cookies.clear()
    unknown = ask_for_code(client, "nobody@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert ["/accounts/signup/" in mail.body for mail in mailoutbox] == [False, True]


def test_sign_up_stores_name_and_language_of_the_page(client, mailoutbox):
    cache.clear()
    client.post("/sv/accounts/signup/", {"email": "New@Example.org", "name": "Ny  Person"})
    deliver_account_mails()
    response = type_code(client, code_in(mailoutbox[0]), language="sv", page="confirm-email")
    member = Member.objects.get(email="new@example.org")
    assert (member.name, member.language, response.url) == ("Ny Person", "sv", "/sv/me/")
    assert is_signed_in(client)


def test_newcomer_reads_one_notice_and_a_first_step(client, mailoutbox):
    cache.clear()
    client.post("/en/accounts/signup/", {"email": "new@example.org", "name": "Ny Person"})
    deliver_account_mails()
    type_code(client, code_in(mailoutbox[0]), language="en", page="confirm-email")
    page = client.get("/en/me/").text
    assert (page.count("notice--success"), "Good to see you, Ny Person." in page) == (1, True)
    assert reverse("mfa_add_webauthn").partition("/accounts/")[2] in page


def test_sign_up_with_a_known_address_tells_only_its_owner(client, mailoutbox):
    cache.clear()
    member = make_member()
    known = client.post("/nb/accounts/signup/", {"email": member.email, "name": "X"})
    client.cookies.clear()
    unknown = client.post("/nb/accounts/signup/", {"email": "new@example.org", "name": "X"})
    assert known.url == unknown.url
    deliver_account_mails()
    assert "/nb/accounts/login/" in mailoutbox[0].body


def test_name_that_a_stranger_typed_is_not_the_owners(client, mailoutbox):
    cache.clear()
    Client().post("/sv/accounts/signup/", {"email": "kari@example.org", "name": "A stranger"})
    client.post("/nb/accounts/signup/", {"email": "Kari@example.org", "name": "Kari"})
    member = Member.objects.get(email="kari@example.org")
    assert (member.name, member.language) == ("Kari", "nb")


def test_sign_up_changes_no_account_that_is_somebodys(client):
    cache.clear()
    member = make_member(email="kari@example.org", name="Kari", language="nb")
    client.post("/sv/accounts/signup/", {"email": "kari@example.org", "name": "A stranger"})
    member.refresh_from_db()
    assert (member.name, member.language) == ("Kari", "nb")


def test_sign_up_form_asks_for_address_and_name_alone(client):
    form = client.get("/en/accounts/signup/").context["form"]
    assert [(name, str(field.label)) for name, field in form.fields.items()] == [
        ("email", "Email"),
        ("name", "Name"),
    ]


def test_new_address_counts_once_its_code_is_typed(client, mailoutbox):
    member = make_member()
    sign_in(client, member, mailoutbox)
    client.post("/nb/accounts/email/", {"action_add": "1", "email": "moved@example.org"})
    deliver_account_mails()
    member.refresh_from_db()
    assert member.email != "moved@example.org"
    type_code(client, code_in(mailoutbox[-1]), page="confirm-email")
    member.refresh_from_db()
    assert member.email == "moved@example.org"


def test_wrong_code_three_times_ends_the_attempt(client, mailoutbox):
    ask_for_code(client, make_member().email)
    for _ in range(3):
        type_code(client, "0000 0000")
    type_code(client, code_in(mailoutbox[0]))
    assert not is_signed_in(client)


def test_code_works_once(client, mailoutbox):
    sign_in(client, make_member(), mailoutbox)
    client.post("/nb/accounts/logout/")
    response = type_code(client, code_in(mailoutbox[0]))
    assert (response.status_code, is_signed_in(client)) == (302, False)


def test_code_works_only_in_the_browser_that_asked(client, mailoutbox):
    from django.test import Client

    ask_for_code(client, make_member().email)
    other = Client()
    type_code(other, code_in(mailoutbox[0]))
    assert not is_signed_in(other)


def test_old_code_is_refused(client, mailoutbox, time_machine):
    ask_for_code(client, make_member().email)
    time_machine.move_to(timezone.now() + timedelta(seconds=601))
    type_code(client, code_in(mailoutbox[0]))
    assert not is_signed_in(client)


def test_deactivated_member_gets_no_code(client, mailoutbox):
    ask_for_code(client, make_member(is_active=False).email)
    assert "/accounts/signup/" in mailoutbox[0].body


def test_member_deactivated_after_asking_is_told_so_and_stays_out(client, mailoutbox):
    member = make_member()
    ask_for_code(client, member.email)
    Member.objects.filter(pk=member.pk).update(is_active=False)
    response = type_code(client, code_in(mailoutbox[0]))
    assert (response.url, is_signed_in(client)) == ("/nb/accounts/inactive/", False)


def test_deactivating_ends_a_session_at_once(client, mailoutbox):
    member = make_member()
    sign_in(client, member, mailoutbox)
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert client.get("/nb/me/").status_code == 302


def test_session_changes_at_sign_in(client, mailoutbox):
    member = make_member()
    ask_for_code(client, member.email)
    before = client.session.session_key
    type_code(client, code_in(mailoutbox[0]))
    assert client.session.session_key != before


def test_member_is_sent_on_in_their_own_language(client, mailoutbox):
    response = sign_in(client, make_member(language="sv"), mailoutbox, query="?next=/nb/me/delete/")
    assert (response.url, response.cookies["django_language"].value) == ("/sv/me/delete/", "sv")


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example.org",
        "https://evil.example.org/",
        "https:evil.example.org",
        "/\\evil.example.org",
        "javascript:x",
    ],
)
def test_next_stays_on_the_site(client, mailoutbox, target):
    response = sign_in(client, make_member(), mailoutbox, query=f"?next={target}")
    assert response.url == "/nb/me/"


def test_arrival_hands_over_the_member_and_survives_a_refusal(client, mailoutbox, monkeypatch):
    from django.db import DatabaseError

    arrived = []

    def refuse(member):
        raise DatabaseError

    monkeypatch.setattr(hooks, "_functions", [refuse, arrived.append])
    member = make_member()
    sign_in(client, member, mailoutbox)
    assert (arrived, is_signed_in(client)) == ([member], True)


def test_mail_server_that_is_away_is_no_error_on_the_page(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    response = client.post("/nb/accounts/login/", {"login": make_member().email})
    assert (response.status_code, response.url) == (302, "/nb/accounts/login/code/confirm/")
    with pytest.raises(sealed.NotTaken):
        deliver_account_mails()


def test_sign_in_page_sets_no_cookie(client):
    response = client.get("/nb/accounts/login/")
    assert (response.status_code, dict(response.cookies)) == (200, {})


def test_passkey_sign_in_is_refused_from_another_site():
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.get("/nb/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    address = "/nb/accounts/2fa/webauthn/login/"
    own = client.post(address, headers={"origin": "http://testserver"})
    foreign = client.post(address, headers={"origin": "https://evil.example.org"})
    assert (own.status_code, foreign.status_code) == (302, 403)


@pytest.mark.parametrize("name", ["account_change_password", "account_set_password", "account_reset_password"])
def test_there_are_no_pages_for_passwords(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_address_is_taken_though_the_passkey_question_began_a_session_meanwhile():
    client = Client(enforce_csrf_checks=True)
    make_member(email="kari@example.org")
    client.get(reverse("account_login"))
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert "session" in client.cookies
    typed = {"login": "kari@example.org"}
    answer = client.post(reverse("account_login"), typed, headers={"origin": "http://testserver"})
    assert answer.status_code == 302
