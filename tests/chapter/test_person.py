"""What RSVPs, proposals, comments, microactions and makkers share: a member, or a guest with an address."""

import pytest
from django.db import IntegrityError, transaction

from blog.models import Comment
from chapter.models import Member
from events.models import Proposal, Rsvp
from microactions.models import Makker, Microaction
from tests.factories import make_comment, make_makker, make_member, make_microaction, make_proposal, make_rsvp

pytestmark = pytest.mark.django_db
MODELS = [Rsvp, Proposal, Microaction, Makker, Comment]
KARI = {"name": "Kari", "email": "Kari@Example.org"}


MAKE = {
    Rsvp: make_rsvp,
    Proposal: make_proposal,
    Microaction: make_microaction,
    Makker: make_makker,
    Comment: make_comment,
}


@pytest.mark.parametrize("model", MODELS)
def test_guests_row_is_the_members_who_has_verified_its_address(model):
    row = MAKE[model](member=None, **KARI)
    MAKE[model](member=None, name="Other", email="other@example.org")
    member = make_member(email="kari@example.org")
    assert list(model.objects.of_member(member)) == list(model.objects.of_address("KARI@example.org")) == [row]
    assert list(model.objects.guests_of(member)) == [row]


@pytest.mark.parametrize("model", MODELS)
def test_unverified_address_is_nobodys(model):
    MAKE[model](member=None, **KARI)
    member = make_member(email="kari@example.org")
    member.emailaddress_set.update(verified=False)
    assert not model.objects.of_member(member).exists()


def test_mailbox_is_its_verified_reader_s_whatever_else_they_have_verified():
    mine, theirs = make_member(email="kari@example.org"), make_member(email="ola@example.org")
    theirs.emailaddress_set.create(email="kari+x@example.org", verified=False)
    row = make_rsvp(member=mine)
    make_rsvp(member=theirs)
    assert list(Rsvp.objects.of_mailbox("kari+y@example.org")) == [row]


@pytest.mark.parametrize("model", MODELS)
def test_row_that_is_handed_over_keeps_no_address(model):
    row, member = MAKE[model](member=None, **KARI), make_member(email="kari@example.org")
    assert model.objects.guests_of(member).hand_over_to(member) == 1
    row.refresh_from_db()
    assert (row.member, row.email) == (member, "")
    assert row.name == ("Kari" if model is Microaction else "")


@pytest.mark.parametrize("model", MODELS)
def test_database_refuses_a_member_with_an_address_of_their_own(model):
    member = make_member()
    with pytest.raises(IntegrityError, match="member_or_guest"), transaction.atomic():
        MAKE[model](member=member, **KARI)


@pytest.mark.parametrize("model", MODELS)
def test_empty_address_is_nobodys(model):
    MAKE[model](member=None, name="", email="")
    assert not model.objects.of_address("").exists()


def test_deactivated_member_owns_no_address():
    member = make_member(email="kari@example.org")
    assert Member.objects.owner_of("Kari@example.org") == member
    Member.objects.update(is_active=False)
    assert Member.objects.owner_of("kari@example.org") is None
