"""One person, one row: what somebody asked for as a guest becomes the member's, once the address is verified."""

import pytest

from events import rsvps
from events.models import Rsvp
from events.rsvps import privacy
from tests.factories import make_event, make_member, make_rsvp

pytestmark = pytest.mark.django_db
S = Rsvp.Status


def guest_row(member, **fields):
    return make_rsvp(email=member.email.upper(), name="As a guest", **fields)


def people(event):
    return list(event.rsvps.active().values_list("member__email", "email", "status"))


def test_confirming_makes_the_guest_row_the_members():
    member = make_member()
    guest = guest_row(member, status=S.PENDING)
    rsvp = rsvps.confirm(token=guest.token)
    assert (rsvp.pk, rsvp.member, rsvp.email, rsvp.name, rsvp.status) == (guest.pk, member, "", "", S.GOING)


def test_an_unverified_address_is_not_proof():
    member = make_member()
    member.emailaddress_set.update(verified=False)
    guest = guest_row(member, status=S.PENDING)
    assert rsvps.confirm(token=guest.token).member is None


def test_one_tap_takes_over_what_was_pending():
    event, member = make_event(), make_member()
    guest = guest_row(member, event=event, status=S.PENDING)
    rsvp = rsvps.rsvp_as_member(event_id=event.pk, member=member)
    assert (rsvp.pk, rsvp.status) == (guest.pk, S.GOING)
    assert people(event) == [(member.email, "", S.GOING)]


def test_confirming_after_an_earlier_cancellation_leaves_one_row_that_counts():
    event, member = make_event(), make_member()
    make_rsvp(event=event, member=member, status=S.CANCELLED)
    guest = guest_row(member, event=event, status=S.PENDING)
    rsvps.confirm(token=guest.token)
    assert people(event) == [(member.email, "", S.GOING)]


def test_signing_in_adopts_what_stands_and_confirms_nothing():
    member = make_member()
    going, pending = guest_row(member), guest_row(member, status=S.PENDING)
    rsvps.adopt_guest_rows(member)
    going.refresh_from_db(), pending.refresh_from_db()
    assert (going.member, going.status, going.email) == (member, S.GOING, "")
    assert (pending.member, pending.status) == (None, S.PENDING)


def test_two_seats_of_one_person_become_one_and_the_other_is_given_away():
    event, member = make_event(capacity=2), make_member()
    guest_row(member, event=event), make_rsvp(event=event, member=member)
    next_in_line = make_rsvp(event=event, status=S.WAITLISTED)
    rsvps.adopt_guest_rows(member)
    assert people(event).count((member.email, "", S.GOING)) == 1
    next_in_line.refresh_from_db()
    assert next_in_line.is_going


def test_deleting_a_member_gives_the_seats_to_those_who_wait():
    event, member = make_event(capacity=1), make_member()
    make_rsvp(event=event, member=member)
    next_in_line = make_rsvp(event=event, status=S.WAITLISTED)
    privacy.release_rsvps(member, keep_texts=True)
    next_in_line.refresh_from_db()
    assert (next_in_line.status, Rsvp.objects.of_member(member).count()) == (S.GOING, 0)
