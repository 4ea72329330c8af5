"""Find me a makker: two of the same event who both want one become each other's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from microactions import addresses, makkers, pairing, pledges
from microactions.models import Makker, Microaction
from tests.factories import make_event, make_member, make_microaction
from tests.mail import deliver_all
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + timedelta(days=7)


@pytest.fixture
def event():
    return make_event()


def wish(event, **fields):
    return make_microaction(event=event, **{"visibility": "me", "wants_makker": True, **fields})


def want(event, **fields):
    made = makkers.want(make_microaction(event=event, **{"visibility": "me", **fields}), wants=True)
    made.refresh_from_db()
    return made


def pairs():
    """{person's microaction: makker's microaction}"""
    return dict(Makker.objects.values_list("microaction_id", "paired_with_id"))


def test_two_who_want_one_become_each_others(event, mailoutbox):
    one, two = want(event, what="Ask Ada"), want(event, what="Ask Bo")
    assert pairs() == {one.pk: two.pk, two.pk: one.pk}
    assert set(Makker.objects.values_list("status", "member")) == {
        ("accepted", one.member_id),
        ("accepted", two.member_id),
    }
    assert set(Microaction.objects.values_list("visibility", "wants_makker")) == {("makker", False)}
    deliver_all()
    told = {mail.to[0]: mail.body for mail in mailoutbox}
    assert "Ask Bo" in told[one.member.email]
    assert two.member.display_name in told[one.member.email]
    assert "Ask Bo" not in told[two.member.email]


def test_mail_about_the_pair_has_one_click_unsubscribe(event, mailoutbox):
    one, _ = want(event), want(event)
    deliver_all()
    (letter,) = [mail for mail in mailoutbox if mail.to == [one.member.email]]
    token = Makker.objects.get(member=one.member).token
    assert letter.extra_headers["List-Unsubscribe"].endswith(f"/microactions/makker/{token}/stop/>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_who_waited_longest_comes_first(event):
    old, older = (wish(event, created_at=timezone.now() - timedelta(days=days)) for days in (1, 2))
    same = wish(event, member=older.member, created_at=timezone.now() - timedelta(days=3))
    new = wish(event)
    pairing.pair(event.pk)
    assert pairs() == {same.pk: old.pk, old.pk: same.pk, older.pk: new.pk, new.pk: older.pk}


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "pending"},
        {"status": "done"},
        {"status": "let_go"},
        {"wants_makker": False},
        {"mails_stopped": True},
        {"member": None},
        {"due_on": timezone.localdate() - timedelta(days=2)},
    ],
)
def test_nobody_is_paired_who_is_not_willing(event, fields):
    wish(event, **fields)
    wish(event)
    pairing.pair(event.pk)
    assert pairs() == {}


def test_another_meetup_is_another_pot(event):
    wish(event)
    wish(make_event())
    pairing.pair(event.pk)
    assert pairs() == {}


def test_nobody_is_paired_with_themselves(event):
    member = make_member(email="kari@example.org")
    wish(event, member=member)
    wish(event, member=member)
    wish(event, member=None, email="Kari@example.org")
    wish(event, member=None, email="kari+2@example.org")
    pairing.pair(event.pk)
    assert pairs() == {}


def test_same_guest_twice_is_one_person(event):
    for email in ("kari@example.org", "KARI@example.org", "kari+2@example.org"):
        wish(event, member=None, email=email)
    pairing.pair(event.pk)
    assert pairs() == {}


def test_wish_on_the_pledge_pairs_at_once_and_a_guests_when_they_confirm(event):
    pledge = {"what": "Ask", "due_on": DAY, "event": event, "wants_makker": True, "language": "en"}
    guest = pledges.pledge_as_guest("ola@example.org", **pledge)
    mine = pledges.pledge_as_member(make_member(), **pledge)
    assert pairs() == {}
    pledges.confirm(guest.token)
    assert pairs() == {mine.pk: guest.pk, guest.pk: mine.pk}
    assert Makker.objects.get(microaction=mine).email == "ola@example.org"


def test_wish_without_an_address_waits_for_one(event):
    waiting, unnamed = wish(event), wish(event, member=None, email="")
    addresses.propose(unnamed, email="ola@example.org")
    pairing.pair(event.pk)
    assert pairs() == {}
    addresses.confirm(unnamed.proposed_address)
    assert pairs() == {waiting.pk: unnamed.pk, unnamed.pk: waiting.pk}


def test_one_who_has_a_makker_is_not_paired_and_an_open_invitation_gives_way(event):
    taken, invited = wish(event), wish(event)
    makkers.accept_as_member(makkers.invite(taken), member=make_member())
    makkers.invite(invited)
    other = wish(event)
    pairing.pair(event.pk)
    assert pairs() == {taken.pk: None, invited.pk: other.pk, other.pk: invited.pk}


@pytest.mark.parametrize("end", ["leave", "let_go"])
def test_when_one_goes_the_other_is_free_and_may_wish_again(event, end):
    one, two = want(event), want(event)
    if end == "leave":
        makkers.leave(Makker.objects.get(microaction=two).token)
    else:
        makkers.let_go(one)
    assert Makker.objects.get().microaction == two
    assert Makker.objects.get().has_left
    three = want(event)
    makkers.want(two, wants=True)
    assert pairs() == {two.pk: three.pk, three.pk: two.pk}


def test_stop_looking(event):
    made = want(event)
    makkers.want(made, wants=False)
    want(event)
    assert pairs() == {}


@pytest.mark.parametrize("fields", [{"event": None}, {"member": None}, {"status": "done"}, {"mails_stopped": True}])
def test_wish_that_cannot_come_true_is_not_kept(event, fields):
    made = make_microaction(**{"event": event, **fields})
    assert not makkers.want(made, wants=True).wants_makker


@pytest.mark.django_db(transaction=True)
def test_all_become_willing_at_once_and_each_has_one_other(event):
    made = [make_microaction(event=event) for _ in range(6)]
    assert [type(one) for one in at_once(lambda one: makkers.want(one, wants=True), *made)] == [Microaction] * 6
    found = pairs()
    assert set(found) == {one.pk for one in made}
    assert all(found[found[one]] == one and found[one] != one for one in found)


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_are_one_pair(event):
    pledge = {"what": "Ask", "due_on": DAY, "event": event, "wants_makker": True, "language": "en"}
    tokens = [pledges.pledge_as_guest(f"guest{n}@example.org", **pledge).token for n in range(2)]
    at_once(pledges.confirm, *tokens)
    assert sorted(pairs()) == sorted(pairs().values())
    assert len(pairs()) == 2


@pytest.mark.django_db(transaction=True)
def test_both_leave_at_once(event):
    want(event), want(event)
    tokens = list(Makker.objects.values_list("token", flat=True))
    errors = [one for one in at_once(makkers.leave, *tokens) if one]
    assert [type(error) for error in errors] == [Makker.DoesNotExist]
    assert [row.has_left for row in Makker.objects.all()] == [True]


@pytest.mark.parametrize("approved", [False, True])
def test_link_that_no_organiser_has_seen_is_in_no_mail_to_the_other(mailoutbox, approved):
    event = make_event()
    for email, what in [("a@example.org", "Se bit.ly/x"), ("b@example.org", "Drikk kaffe")]:
        approved_at = timezone.now() if approved else None
        make_microaction(event=event, email=email, what=what, wants_makker=True, approved_at=approved_at)
    pairing.pair(event.pk)
    deliver_all()
    told = {mail.to[0]: mail.body for mail in mailoutbox}
    assert ("bit.ly" in told["b@example.org"], "Drikk kaffe" in told["a@example.org"]) == (approved, True)
