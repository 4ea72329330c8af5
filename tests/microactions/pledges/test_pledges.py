"""Pledging: as a member, as a guest, and what waits for an organiser."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from chapter.models import Delivery
from microactions import dates, pledges
from microactions.models import Microaction
from tests.factories import make_member, make_microaction
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
LINK = "See https://cheap.example.org"


def soon():
    return dates.today() + timedelta(days=3)


def as_guest(email="kari@example.org", *, what="Ask the next team", visibility="public", **fields):
    return pledges.pledge_as_guest(email, language="en", what=what, due_on=soon(), visibility=visibility, **fields)


def as_member(member, *, what="Ask the next team", visibility="public", **fields):
    return pledges.pledge_as_member(member, language="en", what=what, due_on=soon(), visibility=visibility, **fields)


def on_the_wall(microaction):
    return Microaction.objects.public().filter(pk=microaction.pk).exists()


def test_member_pledges_without_confirmation_and_gets_the_calendar_entry(mailoutbox):
    made = as_member(make_member())
    assert (made.status, on_the_wall(made)) == ("open", True)
    deliver_all()
    [mail] = mailoutbox
    assert (mail.subject, mail.attachments[0].filename) == ("Saved: Ask the next team", "microaction.ics")


def test_unnamed_pledge_is_open_without_mail():
    made = pledges.pledge_unnamed(language="nb", what="Ask the next team", due_on=soon(), visibility="public")
    assert (made.status, made.is_unnamed, on_the_wall(made), Delivery.objects.count()) == ("open", True, True, 0)


def test_guest_pledge_is_public_only_after_confirmation():
    made = as_guest()
    assert not on_the_wall(made)
    pledges.confirm(made.token)
    assert on_the_wall(made)


def test_guest_gets_one_mail_with_the_link_and_no_names(mailoutbox):
    made = as_guest()
    deliver_all()
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["kari@example.org"], "Confirm your microaction")]
    assert f"/en/microactions/manage/{made.token}/" in mailoutbox[0].body


def test_guests_first_mail_quotes_nothing_and_can_be_stopped(mailoutbox):
    made = as_guest()
    deliver_all()
    assert (made.what in mailoutbox[0].body, mailoutbox[0].attachments) == (False, [])
    assert mailoutbox[0].extra_headers["List-Unsubscribe"].endswith(f"/en/microactions/manage/{made.token}/stop/>")
    assert mailoutbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_mail_says_nothing_more_once_confirmed(mailoutbox):
    pledges.confirm(as_guest().token)
    deliver_all()
    assert mailoutbox == []


def test_confirming_twice_changes_nothing():
    made = as_guest()
    pledges.confirm(made.token)
    Microaction.objects.filter(pk=made.pk).update(status="let_go")
    assert pledges.confirm(made.token).status == "let_go"


def test_unknown_token_confirms_nothing():
    made = as_guest()
    with pytest.raises(Microaction.DoesNotExist):
        pledges.confirm("not-a-token")
    made.refresh_from_db()
    assert made.is_pending


def test_confirmed_pledge_belongs_to_the_member_with_that_address():
    member = make_member(email="kari@example.org")
    made = pledges.confirm(as_guest("Kari@Example.org").token)
    assert (made.member, made.email, made.person_email) == (member, "", "kari@example.org")


def test_unverified_address_adopts_nothing():
    member = make_member(email="kari@example.org")
    member.emailaddress_set.update(verified=False)
    assert pledges.confirm(as_guest().token).member is None


@pytest.mark.parametrize("days", [-1, 366])
def test_impossible_day_is_refused(days):
    day = dates.today() + timedelta(days=days)  # on the chapter's clock: late in the evening UTC is a day behind
    with pytest.raises(ValidationError):
        pledges.pledge_as_member(make_member(), language="nb", what="Too late", due_on=day)
    assert Microaction.objects.count() == 0


@pytest.mark.parametrize("field", ["what", "moment", "cue", "first_step", "name"])
def test_link_in_any_text_waits_for_an_organiser(field):
    made = as_member(make_member(), **{field: LINK})
    assert (made.held, on_the_wall(made)) == (True, False)


@pytest.mark.parametrize(
    "text", ["www.example.org", "try cheap.shop now", "mail me@example.org", "ｗｗｗ.example.com"]
)
def test_disguised_links_wait_too(text):
    assert as_member(make_member(), what=text).held


@pytest.mark.parametrize("text", ["Møte kl. 10.30 med teamet", "Ta f.eks. en kaffe", "Les § 3.2 på nytt"])
def test_ordinary_text_does_not_wait(text):
    assert not as_member(make_member(), what=text).held


def test_second_link_waits_until_one_was_approved():
    member = make_member()
    first, second = as_member(member, what=LINK), as_member(member, what=LINK)
    assert second.held
    pledges.approve(first)
    assert not as_member(member, what=LINK).held


def test_words_that_were_shown_again_make_nobody_trusted_for_links():
    member = make_member()
    made = as_member(member, what="Ta en kaffe")
    pledges.hide(made)
    pledges.approve(made)
    assert as_member(member, what=LINK).held


def test_approval_of_one_guest_is_no_approval_of_another():
    pledges.approve(pledges.confirm(as_guest("kari@example.org", what=LINK).token))
    assert not as_guest("kari@example.org", what=LINK).held
    assert as_guest("ola@example.org", what=LINK).held


def test_private_link_waits_only_when_it_is_to_be_public():
    made = as_member(make_member(), what=LINK, visibility="me")
    assert not made.held
    assert pledges.change_visibility(made, visibility="public").held


def test_hidden_one_leaves_wall_and_queue_and_trust():
    member = make_member()
    made = as_member(member, what=LINK)
    pledges.approve(made)
    pledges.hide(made)
    assert not on_the_wall(made)
    assert not Microaction.objects.awaiting_approval().exists()
    assert as_member(member, what=LINK).held


def test_hidden_one_does_not_come_back_by_changing_visibility():
    made = make_microaction()
    pledges.hide(made)
    pledges.change_visibility(made, visibility="me")
    pledges.change_visibility(made, visibility="public")
    assert not on_the_wall(made)


@pytest.mark.parametrize(("level", "kept"), [("me", ""), ("makker", "Kari"), ("event", "Kari"), ("public", "Kari")])
def test_name_is_kept_where_somebody_else_may_see_it(level, kept):
    assert as_member(make_member(), name="Kari", visibility=level).name == kept


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ({"cue": "open my laptop", "first_step": "Write to IT."}, "When I open my laptop, I will write to IT."),
        ({"cue": "Come in …"}, "When I come in, I will ask the next team."),
        ({"cue": "When I sit down", "first_step": "I will write"}, "When I sit down, I will write."),
        ({"cue": "Når jeg setter meg", "first_step": "Da skal jeg skrive"}, "When I setter meg, I will skrive."),
        ({"first_step": "Write to them"}, "First step: Write to them"),
        ({}, ""),
    ],
)
def test_plan_is_read_back_as_a_sentence(plan, sentence):
    assert as_member(make_member(), **plan).plan == sentence


def test_confirmed_pledge_with_a_members_address_is_theirs():
    member = make_member(email="kari@example.org")
    made = pledges.confirm(as_guest("Kari@Example.org").token)
    assert (made.member, made.email, made.status) == (member, "", "open")


def test_unverified_address_makes_nobody_the_owner():
    make_member(email="kari@example.org").emailaddress_set.update(verified=False)
    made = pledges.confirm(as_guest().token)
    assert (made.member, made.email) == (None, "kari@example.org")


def test_trust_earned_as_a_guest_goes_to_the_member():
    pledges.approve(pledges.confirm(as_guest(what=LINK).token))
    member = make_member(email="kari@example.org")
    pledges.adopt_guest_rows(member)
    assert not as_member(member, what=LINK).held
