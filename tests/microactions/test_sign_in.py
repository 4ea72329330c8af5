"""What somebody pledged as a guest is theirs once the address is verified: on my page, in the export, when they leave."""

import pytest

from chapter.accounts import sign_in
from chapter.privacy import registry
from microactions.models import Microaction
from microactions.panels import ON_ME, microactions_of_member
from tests.factories import make_member, make_microaction

pytestmark = pytest.mark.django_db
Status = Microaction.Status


def guest_row(member, **fields):
    return make_microaction(member=None, email=member.email, **fields)


def test_signing_in_adopts_what_was_confirmed_and_confirms_nothing():
    member = make_member()
    confirmed, pending = guest_row(member), guest_row(member, status=Status.PENDING)
    sign_in.run_sign_in_hooks(member)
    rows = {row.pk: (row.member, row.email, row.status) for row in Microaction.objects.all()}
    assert rows == {
        confirmed.pk: (member, "", Status.OPEN),
        pending.pk: (None, member.email, Status.PENDING),
    }


def test_unverified_address_is_not_proof():
    member = make_member()
    member.emailaddress_set.update(verified=False)
    row = guest_row(member)
    sign_in.run_sign_in_hooks(member)
    row.refresh_from_db()
    assert row.member is None


def test_export_and_erasure_know_the_guests_rows_too():
    member = make_member()
    guest_row(member, what="As a guest", visibility="me")
    guest_row(member, what="Never confirmed", status=Status.PENDING)
    exported = registry.export(member)["microactions.Microaction"]
    assert [row["what"] for row in exported] == ["As a guest", "Never confirmed"]
    registry.erase(member, keep_texts=True)
    assert not Microaction.objects.exists()


def test_public_words_of_a_guest_stay_without_the_address():
    member = make_member()
    row = guest_row(member, name="Kari Eksempel")
    registry.erase(member, keep_texts=True)
    row.refresh_from_db()
    assert (row.name, row.email) == ("", "")


def test_open_one_is_first_on_my_page_however_many_are_done(rf):
    member = make_member()
    for _ in range(ON_ME):
        make_microaction(member=member, status=Status.DONE)
    still_open = make_microaction(member=member)
    assert microactions_of_member(member, rf.get("/"))["microactions"][0] == still_open
