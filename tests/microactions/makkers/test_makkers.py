"""The makker: invited by link, says yes before any mail, and can be left and leave."""

import pytest

from chapter.accounts import sign_in
from chapter.models import Delivery
from microactions import makkers, pledges
from microactions.models import Makker, Microaction
from tests.factories import make_makker, make_member, make_microaction
from tests.mail import deliver_all
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def invite(**fields):
    return makkers.invite(make_microaction(**{"visibility": "me", **fields}))


def say_yes(makker, *, name="Ola", email="ola@example.org"):
    return makkers.accept_as_guest(makker, name=name, email=email, language="sv")


def kinds():
    return sorted(Delivery.objects.values_list("kind", flat=True))


# Inviting


@pytest.mark.parametrize(
    ("before", "after"), [("me", "makker"), ("makker", "makker"), ("event", "event"), ("public", "public")]
)
def test_invitation_raises_only_me_and_nothing_else(before, after):
    assert Microaction.objects.get(pk=invite(visibility=before).microaction_id).visibility == after


def test_inviting_mails_nobody_and_repeating_it_changes_nothing():
    made = make_microaction()
    assert makkers.invite(made).pk == makkers.invite(made).pk
    assert (kinds(), Makker.objects.get().status) == ([], "invited")


def test_second_press_does_not_show_what_was_hidden_again():
    made = make_microaction(visibility="me")
    makkers.invite(made)
    pledges.change_visibility(made, visibility="me")
    makkers.invite(made)
    assert pledges.lock(made).visibility == "me"


@pytest.mark.parametrize("status", ["pending", "done", "partly", "let_go"])
def test_only_an_open_one_can_have_an_invitation(status):
    with pytest.raises(makkers.NotOpen):
        makkers.invite(make_microaction(status=status))


def test_invitation_opens_by_its_own_key_alone():
    one, two = invite(), invite()
    assert makkers.invited(makkers.invitation_key(one)) == one
    seal = makkers.invitation_key(one).partition("-")[2]
    for key in (f"{two.pk}-{seal}", one.token, f"{one.pk}-", "", "-", "٣-x", f"{10**30}-{seal}"):
        with pytest.raises(Makker.DoesNotExist):
            makkers.invited(key)


# Saying yes


def test_member_says_yes_with_one_tap_and_no_mail():
    member, made = make_member(), invite()
    before = made.token
    taken = makkers.accept_as_member(made, member=member)
    assert (taken.status, taken.member, kinds()) == ("accepted", member, [])
    assert taken.token != before
    assert makkers.accept_as_member(made, member=member).accepted_at == taken.accepted_at


def test_guest_without_an_address_is_the_makker_at_once_and_gets_no_mail():
    made = say_yes(invite(), email="")
    assert (made.status, made.name, kinds()) == ("accepted", "Ola", [])


def test_guest_with_an_address_is_not_the_makker_before_the_mail_is_confirmed(mailoutbox):
    made = say_yes(invite())
    deliver_all()
    assert (made.status, kinds()) == ("pending", ["makker_confirm"])
    assert f"/sv/microactions/makker/{made.token}/" in mailoutbox[0].body
    assert "List-Unsubscribe" not in mailoutbox[0].extra_headers
    confirmed = makkers.confirm(made.token)
    again = makkers.confirm(made.token)
    assert (confirmed.status, again.accepted_at) == ("accepted", confirmed.accepted_at)
    assert len(mailoutbox) == 1


def test_mail_to_a_typed_address_holds_no_words_with_a_link_in_them(mailoutbox):
    say_yes(invite(what="Win at prize.example.com"))
    deliver_all()
    assert "prize" not in mailoutbox[0].body + str(mailoutbox[0].alternatives)


def test_mistyped_address_is_replaced_and_its_link_opens_nothing(mailoutbox):
    made = invite()
    first = say_yes(made, email="olla@example.org")
    second = say_yes(made)
    deliver_all()
    assert [mail.to for mail in mailoutbox] == [["ola@example.org"]]
    with pytest.raises(Makker.DoesNotExist):
        makkers.confirm(first.token)
    assert makkers.confirm(second.token).email == "ola@example.org"


def test_guests_verified_address_makes_the_member_the_makker():
    member, made = make_member(email="ola@example.org"), say_yes(invite(), email="OLA@example.org")
    taken = makkers.confirm(made.token)
    assert (taken.member, taken.email, taken.name) == (member, "", "")


def test_member_takes_up_what_they_said_yes_to_as_a_guest():
    theirs, unsure = make_makker(email="ola@example.org"), say_yes(invite())
    member = make_member(email="ola@example.org")
    sign_in.run_sign_in_hooks(member)
    for row in (theirs, unsure):
        row.refresh_from_db()
    assert (theirs.member, theirs.email, unsure.member) == (member, "", None)


def test_second_who_says_yes_is_told_that_somebody_was_faster():
    made = invite()
    makkers.accept_as_member(made, member=make_member())
    with pytest.raises(makkers.Taken):
        makkers.accept_as_member(made, member=make_member())
    with pytest.raises(makkers.Taken):
        say_yes(made)


@pytest.mark.parametrize("status", ["done", "let_go"])
def test_nobody_becomes_the_makker_of_what_is_over(status):
    made = say_yes(invite())
    from microactions import check_ins

    check_ins.report(made.microaction, outcome=status)
    with pytest.raises(makkers.NotOpen):
        makkers.accept_as_member(made, member=make_member())
    with pytest.raises(makkers.NotOpen):
        makkers.confirm(made.token)


# Nobody is their own makker


def test_member_is_not_their_own_makker():
    made = invite()
    with pytest.raises(makkers.OwnMakker):
        makkers.accept_as_member(made, member=made.microaction.member)


def test_address_of_the_person_is_refused_at_the_confirmation_and_not_before():
    owner = make_member(email="kari@example.org")
    for fields in ({"member": owner}, {"member": None, "email": "kari@example.org"}):
        made = say_yes(invite(**fields), email="Kari@example.org")
        with pytest.raises(makkers.OwnMakker):
            makkers.confirm(made.token)
        assert Makker.objects.get(pk=made.pk).status == "pending"


def test_guests_pledge_has_no_makker_who_verified_the_same_address():
    made = invite(member=None, email="kari@example.org")
    with pytest.raises(makkers.OwnMakker):
        makkers.accept_as_member(made, member=make_member(email="kari@example.org"))


# Going


def test_makker_leaves_and_the_next_is_invited_by_another_link():
    taken = make_makker(line="Good luck")
    old = makkers.invitation_key(taken)
    makkers.leave(taken.token)
    row = Makker.objects.get()
    assert (row.status, row.has_left, row.member, row.line) == ("invited", True, None, "")
    with pytest.raises(Makker.DoesNotExist):
        makkers.invited(old)
    makkers.accept_as_member(row, member=make_member())


def test_guest_who_says_no_from_the_mail_is_forgotten_and_did_not_leave():
    makkers.leave(say_yes(invite()).token)
    row = Makker.objects.get()
    assert (row.status, row.has_left, row.email, row.name) == ("invited", False, "", "")


def test_person_lets_the_makker_go():
    taken = make_makker()
    makkers.let_go(taken.microaction)
    makkers.let_go(taken.microaction)
    assert not Makker.objects.exists()
    with pytest.raises(Makker.DoesNotExist):
        makkers.write_line(taken.token, line="Hello")


def test_only_a_makker_writes_a_line():
    makkers.write_line(make_makker().token, line="Good luck")
    makkers.write_line(make_makker(status="pending", email="ola@example.org").token, line="Buy this")
    assert sorted(Makker.objects.values_list("line", flat=True)) == ["", "Good luck"]


@pytest.mark.django_db(transaction=True)
def test_two_say_yes_at_once_and_one_is_the_makker():
    made = invite()
    members = [make_member() for _ in range(4)]
    given = at_once(lambda member: makkers.accept_as_member(made, member=member), *members)
    assert sorted(type(one).__name__ for one in given) == ["Makker", "Taken", "Taken", "Taken"]
    assert Makker.objects.get().is_accepted


@pytest.mark.django_db(transaction=True)
def test_let_go_and_yes_at_once_leave_a_makker_or_none():
    made = invite()
    member = make_member()
    acts = [lambda: makkers.let_go(made.microaction), lambda: makkers.accept_as_member(made, member=member)]
    errors = [one for one in at_once(lambda act: act(), *acts) if isinstance(one, Exception)]
    assert {type(error) for error in errors} <= {Makker.DoesNotExist}
    assert not Makker.objects.exists()
