"""Words of strangers: nothing that was typed goes to an address that is not confirmed, and no name is an address."""

import time
from uuid import uuid4

import pytest
from django import forms
from django.core import mail as outbox
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation

from blog.comments.forms import GuestCommentForm
from chapter.accounts import forms as account_forms
from chapter.fields import EmailFormField, NameFormField
from chapter.forms import SALT
from chapter.models import Member
from chapter.pages.forms import ChapterForm
from events.proposals.forms import GuestProposalForm
from events.rsvps.forms import AddForm, GuestRsvpForm
from facilitation.table.forms import PledgeForm as BoardPledgeForm
from followers.following.forms import FollowForm, StopForm
from microactions.addresses.forms import AddressForm
from microactions.makkers import invitation_key
from microactions.makkers.forms import GuestMakkerForm
from microactions.models import Microaction
from microactions.pledges.forms import GuestPledgeForm
from tests.chapter.accounts.sign_in import arrive
from tests.everywhere.test_addresses import _forms
from tests.facilitation.table.table import Person
from tests.factories import (
    make_board,
    make_event,
    make_makker,
    make_member,
    make_microaction,
    make_organiser,
    make_post,
)
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
CANARY = "Kanarifuglord"
# The tag is a place for words, too.
ADDRESS = f"stranger+{CANARY}@example.org"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def _filled(form_class, **fields):
    """The canary in every field that takes text."""
    filled = {"opened": signing.dumps(int(time.time()) - 60, salt=SALT), "website": ""}
    for name, field in form_class.base_fields.items():
        if isinstance(field, EmailFormField):
            filled[name] = ADDRESS
        elif isinstance(field, forms.DateField):
            filled[name] = str(timezone.localdate() + timezone.timedelta(days=7))
        elif type(field) not in (forms.BooleanField, forms.UUIDField) and not isinstance(field, forms.ChoiceField):
            filled.setdefault(name, CANARY)
    return {**filled, **fields}


def _rsvp(client):
    client.post(reverse("rsvp_create", args=[make_event().slug]), _filled(GuestRsvpForm))


def _add(client):
    arrive(client, make_organiser())
    client.post(reverse("attendee_add", args=[make_event().slug]), _filled(AddForm))


def _pledge(client):
    client.post(reverse("pledge"), _filled(GuestPledgeForm, visibility="public"))


def _board_pledge(client):
    person = Person(make_board()).join(CANARY)
    type(person.board).objects.update(phase="microaction")
    person.do("pledge", **_filled(BoardPledgeForm, client_id=uuid4(), visibility="public"))


def _address(client):
    made = make_microaction(member=None, what=CANARY, moment=CANARY, cue=CANARY, first_step=CANARY, name=CANARY)
    client.post(reverse("microaction_manage", args=[made.token]), _filled(AddressForm, action="address"))


def _makker(client):
    words = {"what": CANARY, "moment": CANARY, "name": CANARY, "visibility": "makker"}
    made = make_makker(microaction=make_microaction(**words), status="invited")
    client.post(reverse("makker_invited", args=[invitation_key(made)]), _filled(GuestMakkerForm))


def _propose(client):
    client.post(reverse("propose"), _filled(GuestProposalForm))


def _follow(client):
    client.post(reverse("follow"), _filled(FollowForm))


def _comment(client):
    client.post(reverse("comment_create", args=[make_post().pk]), _filled(GuestCommentForm))


def _sign_up(client):
    client.post(reverse("account_signup"), {"email": ADDRESS, "name": CANARY})


def _sign_up_again(client):
    member = Member.objects.create_user(ADDRESS, name=CANARY, organisation=CANARY, bio=CANARY)
    member.emailaddress_set.create(email=member.email, verified=False, primary=True)
    _sign_up(client)


def _sign_in(client):
    client.post(reverse("account_login"), {"login": ADDRESS})


def _new_address(client):
    member = make_member(name=CANARY, organisation=CANARY, bio=CANARY)
    arrive(client, member)
    client.post(reverse("account_email"), {"email": ADDRESS, "action_add": ""})


def _other_address(client):
    client.post(reverse("account_signup"), {"email": "first@example.org", "name": CANARY})
    client.post(reverse("account_email_verification_sent"), {"email": ADDRESS, "action": "change"})


WAYS = {
    GuestRsvpForm: [_rsvp],
    AddForm: [_add],
    GuestPledgeForm: [_pledge],
    BoardPledgeForm: [_board_pledge],
    AddressForm: [_address],
    GuestMakkerForm: [_makker],
    GuestProposalForm: [_propose],
    GuestCommentForm: [_comment],
    FollowForm: [_follow],
    account_forms.SignupForm: [_sign_up, _sign_up_again],
    account_forms.LoginForm: [_sign_in],
    account_forms.AddEmailForm: [_new_address],
    account_forms.ChangeEmailForm: [_other_address],
}


def test_every_form_that_takes_an_address_is_among_them():
    taking = {form for form in _forms() if any(isinstance(f, forms.EmailField) for f in form.base_fields.values())}
    # Organisers' own; allauth makes the field of the sign-in form when it is asked for.
    assert taking | {account_forms.LoginForm} == {*WAYS, ChapterForm, StopForm}


@pytest.mark.parametrize("way", [way for ways in WAYS.values() for way in ways])
def test_mail_to_an_unconfirmed_address_quotes_nothing(client, way):
    way(client)
    deliver_all()
    sent = [mail for mail in outbox.outbox if mail.to == [ADDRESS.lower()]]
    assert sent, [mail.to for mail in outbox.outbox]
    for mail in sent:
        message = mail.message()
        del message["To"]
        parts = [
            str(part.get_payload(decode=True) or b"", "utf-8") for part in message.walk() if not part.is_multipart()
        ]
        assert CANARY.lower() not in "\n".join([*map(str, message.values()), mail.subject, *parts]).lower()


NAMES = {"name", "nickname", "organisation"}
# Of a passkey, of a series' or a text's source, of a sister chapter: their owner's, hosts' and organisers' own.
OWN = {"AddPasskeyForm", "RenamePasskeyForm"}


def test_every_name_that_others_read_at_once_refuses_addresses():
    open_to_all = ("accounts", "rsvps", "proposals", "makkers", "check_ins", "pledges", "table", "comments")
    wrong = [
        (form.__name__, name)
        for form in _forms()
        if form.__module__.split(".")[1] in open_to_all and form.__name__ not in OWN
        for name in NAMES & set(form.base_fields)
        if not isinstance(form.base_fields[name], NameFormField)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ["bit.ly/x", "Kari example.com", "ring t.co", "me@example.org", "example[.]com"])
def test_name_that_is_an_address_is_refused(name):
    with pytest.raises(forms.ValidationError):
        NameFormField().clean(name)


@pytest.mark.parametrize(
    "name", ["Kari Ø. Eksempel", "J.R.R. Tolkien", "Dr. Kari", "O’Brien-Ås", "李小龍", "A. B. C."]
)
def test_name_of_a_person_is_taken(name):
    assert NameFormField().clean(name) == name


def test_wall_shows_no_address_before_an_organiser_has_seen_it(client):
    for n, text in enumerate(["bit.ly/x", "t.co", "youtu.be/a", "example.academy", "пример.рф", "8.8.8.8"]):
        make = _filled(GuestPledgeForm, visibility="public", what=text, name="", moment="", cue="", first_step="")
        client.post(reverse("pledge"), {**make, "email": f"guest{n}@example.org"})
    Microaction.objects.update(status="open")
    assert (Microaction.objects.count(), Microaction.objects.public().count()) == (6, 0)
