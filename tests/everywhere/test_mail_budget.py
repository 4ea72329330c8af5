"""What anybody can have mailed to an address that they typed: every form, from many client addresses."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account.forms import LoginForm as AllauthLogin
from django.forms import EmailField
from django.forms.forms import BaseForm
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation

from chapter.accounts import adapter
from chapter.accounts import forms as account_forms
from chapter.mail import gate
from chapter.mail import queue as mail
from tests.everywhere.hostile import _guest_rsvp
from tests.everywhere.typed_addresses import FORMS, send
from tests.factories import make_event, make_member
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
VICTIM = "victim@example.org"
POSTS = 25


# The forms with an address that nobody has confirmed, and the page of each. `test_no_form_is_forgotten` finds new ones.
COVERED = {
    "LoginForm": "sign in",
    "SignupForm": "sign up",
    "GuestRsvpForm": "guest's RSVP",
    "AddForm": "added by an organiser",
    "GuestProposalForm": "proposal",
    "GuestCommentForm": "comment",
    "GuestPledgeForm": "pledge",
    "GuestMakkerForm": "makker",
    "AddressForm": "address added later",
    "PledgeForm": "board",
    "AddEmailForm": "change of address",
    "FollowForm": "follow",
    "ChangeEmailForm": "another address while signing up",
}


@pytest.fixture(autouse=True)
def _one_hour(time_machine, settings):
    """All of it in one hour, since the counts begin anew with the next."""
    settings.SIGN_UP_SECONDS = 0
    time_machine.move_to("2026-11-02T12:00:01Z", tick=False)
    with translation.override("nb"):
        yield


def _forms(kind):
    for form in kind.__subclasses__():
        yield form
        yield from _forms(form)


def test_no_form_is_forgotten():
    assert get_resolver().url_patterns and account_forms  # that loads them
    ours = {form for form in _forms(BaseForm) if not form.__module__.startswith(("django", "allauth"))}
    typed = {
        form.__name__ for form in ours for field in form.base_fields.values() if isinstance(field, EmailField)
    } | {name for form in ours if issubclass(form, AllauthLogin) for name in [form.__name__]}
    # The chapter's own address is an organiser's to set, and no mail goes there; nor to one whose mails are stopped.
    assert typed - {"ChapterForm", "StopForm"} == set(COVERED)
    assert set(COVERED.values()) == set(FORMS)


def _to_victim(mailoutbox):
    deliver_all()
    return [letter for letter in mailoutbox if letter.to[0].startswith("victim")]


@pytest.mark.parametrize("is_member", [True, False])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.usefixtures("early_in_the_hour")
def test_one_form_from_many_addresses_mails_little(form, is_member, mailoutbox):
    if is_member:
        make_member(email=VICTIM)
    answers = {send(form, n, email=VICTIM).status_code for n in range(POSTS)}
    assert answers <= {200, 302, 429}
    assert 1 <= len(_to_victim(mailoutbox)) <= gate.PER_MAILBOX


@pytest.mark.usefixtures("early_in_the_hour")
def test_all_forms_together_keep_one_budget_whatever_tag_is_added(mailoutbox):
    make_member(email=VICTIM)
    for n in range(10):
        for form in FORMS:
            send(form, n, email=VICTIM if n % 2 else f"victim+{n}@example.org")
    assert len(_to_victim(mailoutbox)) <= gate.PER_MAILBOX + 2


@pytest.mark.usefixtures("early_in_the_hour")
def test_one_client_address_has_a_smaller_share(mailoutbox):
    for _ in range(POSTS):
        send("guest's RSVP", 1, email=VICTIM)
    assert len(_to_victim(mailoutbox)) == gate.PER_ASKER
    send("guest's RSVP", 2, email=VICTIM)
    assert len(_to_victim(mailoutbox)) == gate.PER_ASKER + 1


def test_a_letter_asked_for_again_is_on_its_way_and_no_error(mailoutbox):
    address, fields = reverse("rsvp_create", args=[make_event().slug]), _guest_rsvp(None)
    answers = [Client(REMOTE_ADDR=f"198.51.100.{n}").post(address, {**fields, "email": VICTIM}) for n in range(20)]
    assert ({answer.status_code for answer in answers}, len(_to_victim(mailoutbox))) == ({302}, 1)


@pytest.mark.usefixtures("early_in_the_hour")
def test_full_mailbox_is_told_the_ways_that_stay_open(mailoutbox):
    for n in range(POSTS):
        answer = send("pledge", n, email=VICTIM)
    assert (answer.status_code, reverse("account_login") in answer.content.decode()) == (429, True)


def test_these_letters_can_be_caused_by_anybody_who_types_an_address():
    assert mail._unasked == {
        *("follow_confirm", "follow_already"),
        *(
            "rsvp_confirm",
            "rsvp_already",
            "rsvp_added",
            "proposal_confirm",
            "comment_confirm",
            "pledge_confirm",
            "makker_confirm",
            "address_confirm",
        ),
    }


def test_an_unasked_letter_is_not_queued_without_the_address_it_goes_to():
    for kind in mail._unasked:
        with pytest.raises(ValueError, match="to="):
            mail.post(kind, 1)
        with pytest.raises(ValueError, match="to="):
            mail.post_all(kind, [1])


def test_a_letter_that_declares_nothing_is_refused():
    with pytest.raises(TypeError):
        mail.letter("undeclared")


def test_every_mail_of_allauth_has_a_rule_or_tells_a_member_what_they_did():
    folder = Path(allauth.__file__).parent / "templates"
    free = {
        f"{path.parent.relative_to(folder)}/{path.name.removesuffix('_message.txt')}"
        for app in ("account", "mfa")
        for path in (folder / app / "email").glob("*_message.txt")
        if "base_notification" not in path.read_text("utf-8") and not re.search("base|password", path.name)
    }
    assert free == adapter.CODES | adapter.UNASKED
