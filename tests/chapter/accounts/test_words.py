"""What allauth says, it says in our words and in the reader's language."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import get_resolver
from django.utils.translation import gettext as _
from django.utils.translation import override

from chapter.accounts import adapter
from tests.chapter.accounts.sign_in import arrive
from tests.factories import make_member
from tests.mail import deliver_account_mails

THEIRS = Path(allauth.__file__).parent / "templates"
OURS = settings.BASE_DIR / "templates"
# Of pages and mails that the site does not have: passwords, telephones, links to confirm, more addresses than one.
NOT_HERE = re.compile(
    r"password|phone|socialaccount|openid|/idp/|headless|account/email\.html|email_confirm(_|\.html)|signup_by_passkey"
    r"|signup_form|request_login_code|verification_sent|verified_email_required|signup_closed|mfa/trust"
    r"|account/reauthenticate\.html|snippets/(already|warn)|allauth/|account/email_confirm"
)


def show_who(client):
    """As if the client had just been asked once more who they are."""
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**record, "reauthenticated": True} for record in records]
    session.save()


def templates():
    for app in ("account", "mfa", "usersessions"):
        for path in (THEIRS / app).rglob("*.*"):
            yield str(path.relative_to(THEIRS))


@pytest.mark.parametrize("name", [name for name in templates() if not NOT_HERE.search(name)])
def test_every_template_with_words_is_ours(name):
    has_words = re.search(r"{% *(trans|blocktrans)", (THEIRS / name).read_text("utf-8"))
    assert (OURS / name).exists() or not has_words or _is_a_frame(name)


def _is_a_frame(name):
    """Whether its one text is a heading that each page of ours replaces."""
    return name.rpartition("/")[2].startswith("base")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [(DefaultAccountAdapter, adapter.AccountAdapter), (DefaultMFAAdapter, adapter.SecondFactorAdapter)],
)
def test_every_refusal_is_ours(theirs, ours):
    words = re.compile("password|phone|username|key|unknown_email")
    left = {name for name in theirs.error_messages if ours.error_messages[name] is theirs.error_messages[name]}
    assert {name for name in left if not words.search(name)} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["2fa/", "2fa/recovery-codes/generate/", "2fa/webauthn/", "inactive/", "logout/"])
def test_no_page_speaks_of_security_keys(client, page):
    arrive(client, make_member())
    response = client.get(f"/en/accounts/{page}")
    assert (response.status_code, "ecurity key" in response.content.decode()) == (200, False)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["totp_activated", "totp_deactivated", "webauthn_added", "webauthn_removed"])
def test_mail_about_a_change_is_ours_and_names_the_site(kind, rf, mailoutbox):
    request = rf.get("/")
    with override("en"), context.request_context(request):
        adapter.AccountAdapter(request).send_notification_mail(f"mfa/email/{kind}", make_member())
    deliver_account_mails()
    (mail,) = mailoutbox
    assert "ecurity key" not in mail.subject + mail.body
    assert mail.extra_headers["Message-ID"].endswith("@localhost>")


@pytest.mark.django_db
def test_recovery_codes_are_shown_to_read_and_to_download(client):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal import auth

    member = make_member()
    auth.TOTP.activate(member, auth.generate_totp_secret())
    codes = RecoveryCodes.activate(member).get_unused_codes()
    arrive(client, member)
    show_who(client)
    page = client.get("/en/accounts/2fa/recovery-codes/").content.decode()
    assert [code for code in codes if code not in page] == []
    for path in ("2fa/totp/deactivate/", "2fa/reauthenticate/", "2fa/recovery-codes/generate/"):
        assert client.get(f"/en/accounts/{path}").status_code == 200
    assert Authenticator.objects.count() == 2


@pytest.fixture
def with_passkey(client):
    """A member who has just signed in and has a passkey; returns the passkey."""
    member = make_member()
    arrive(client, member)
    show_who(client)
    return Authenticator.objects.create(user=member, type="webauthn", data={"name": "Mobil", "credential": {}})


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_fields_have_labels_of_ours(client, with_passkey, language):
    """Those of allauth's forms are in English where it forgot them, and in its own Norwegian and Swedish else."""
    with override(language):
        ours = {str(label) for label in (_("Name of the passkey"), _("Code from the app"), _("Email"), _("Name"))}
    pages = [f"2fa/webauthn/keys/{with_passkey.pk}/edit/", "2fa/totp/activate/"]
    found = re.findall(
        r"<label[^>]*>\s*([^<]+?)\s*<", "".join(client.get(f"/{language}/accounts/{page}").text for page in pages)
    )
    assert (len(found), set(found) - ours) == (2, set())


@pytest.mark.django_db
def test_name_of_a_passkey_is_one_line_that_can_be_seen(client, with_passkey):
    client.post(f"/nb/accounts/2fa/webauthn/keys/{with_passkey.pk}/edit/", {"name": "Mo\u202ebil\r\n2\ufffe"})
    with_passkey.refresh_from_db()
    assert with_passkey.data["name"] == "Mobil 2"


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["2fa/reauthenticate/", "2fa/webauthn/reauthenticate/"])
def test_who_has_no_second_factor_is_not_told_that_the_page_is_for_organisers(client, page):
    arrive(client, make_member())
    assert client.get(f"/nb/accounts/{page}")["Location"] == "/nb/accounts/reauthenticate/"


def test_there_is_no_address_of_allauths_that_is_not_known_here():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert [name for name in names if re.search("password|phone|social", name)] == []
