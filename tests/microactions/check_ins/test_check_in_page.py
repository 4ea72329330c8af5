"""The page behind the link in a mail, as its person uses it: every answer, the mail, stopping, hiding and deleting."""

from datetime import timedelta

import pytest
from django.urls import reverse

from microactions import check_ins, dates, pledges
from microactions.models import Cheer, Microaction
from tests.factories import make_member, make_microaction
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db


def send(client, microaction, action, **data):
    address = reverse("microaction_manage", args=[microaction.token])
    response = client.post(address, {"action": action, **data}, follow=True)
    if action != "delete":
        microaction.refresh_from_db()
    return response


def overdue(**fields):
    return make_microaction(due_on=dates.today() - timedelta(days=1), **fields)


def ask(mailoutbox):
    check_ins.ask_due()
    deliver_all()
    return mailoutbox[-1]


# The answers


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("done", "Thank you for telling us how it went."),
        ("partly", "Thank you for telling us how it went."),
        ("let_go", "You let this one go."),
    ],
)
def test_answer_is_stored_and_read_back(client, outcome, said):
    made = overdue(visibility="me")
    page = send(client, made, "report", outcome=outcome, result="Two teams came", visibility="me").text
    assert (made.status, made.result, made.visibility) == (outcome, "Two teams came", "me")
    assert said in page


def test_new_date_opens_the_next_round_and_is_read_back(client):
    made, day = overdue(), dates.today() + timedelta(days=9)
    check_ins.ask_due()
    page = send(client, made, "report", outcome="new_date", new_date=day.isoformat(), visibility="me").text
    assert (made.status, made.due_on, made.round, made.asked_at) == ("open", day, 1, None)
    assert "Your date:" in page


def test_new_date_takes_back_an_answer_given_too_early(client):
    made, day = overdue(status="done"), dates.today() + timedelta(days=9)
    send(client, made, "report", outcome="new_date", new_date=day.isoformat(), visibility="public")
    assert (made.status, made.result_at, made.is_open) == ("open", None, True)


def test_answer_without_a_choice_is_asked_for_and_the_words_stay(client):
    made = overdue()
    form = send(client, made, "report", result="Two teams came", visibility="me", name="Kari").context["report_form"]
    assert (list(form.errors), form["result"].value(), form["name"].value()) == (
        ["outcome"],
        "Two teams came",
        "Kari",
    )
    assert (made.status, made.visibility) == ("open", "public")


def test_page_remembers_what_was_answered(client):
    made = make_microaction(status="partly", result="Half of it", name="Kari Eksempel")
    form = client.get(reverse("microaction_manage", args=[made.token])).context["report_form"]
    assert [form[name].value() for name in ("outcome", "result", "name")] == ["partly", "Half of it", "Kari Eksempel"]


def test_pending_one_is_asked_for_confirmation_and_nothing_else(client):
    made = make_microaction(status="pending", member=None, email="kari@example.org")
    page = client.get(reverse("microaction_manage", args=[made.token])).text
    assert 'value="confirm"' in page
    assert 'value="report"' not in page


# The mail


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("nb", "Hvordan gikk det? Spør nabolaget"),
        ("sv", "Hur gick det? Spør nabolaget"),
        ("en", "How did it go? Spør nabolaget"),
    ],
)
def test_question_offers_every_answer_in_the_pledges_language(mailoutbox, language, subject):
    made = overdue(what="Spør nabolaget", language=language)
    mail = ask(mailoutbox)
    assert mail.subject == subject
    for outcome in check_ins.Outcome.values:
        link = f"/{language}/microactions/manage/{made.token}/?outcome={outcome}#report"
        assert link in mail.body
        assert link in mail.alternatives[0].content


def test_question_repeats_the_plan_as_it_was_written(mailoutbox):
    overdue(what="Tea & <b>", cue="open my laptop", first_step="Write to IT", moment="at nine", language="en")
    mail = ask(mailoutbox)
    for text, what in ((mail.body, "Tea & <b>"), (mail.alternatives[0].content, "Tea &amp; &lt;b&gt;")):
        assert what in text
        assert "When I open my laptop, I will write to IT." in text
        assert "at nine" in text


def test_long_pledge_is_cut_in_the_subject_only(mailoutbox):
    overdue(what="x" * 140, language="en")
    mail = ask(mailoutbox)
    assert mail.subject == "How did it go? " + "x" * 59 + "…"
    assert "x" * 140 in mail.body


# Stopping


def test_stop_page_asks_and_then_says_so(client):
    address = reverse("microaction_stop", args=[make_microaction().token])
    assert "Yes, stop the emails" in client.get(address).text
    for page in (client.post(address).text, client.post(address).text, client.get(address).text):
        assert "No more emails about this one" in page
        assert "Yes, stop the emails" not in page


def test_stopping_catches_the_mail_that_is_queued_and_no_other(client, mailoutbox):
    member = make_member()
    stopped, other = overdue(member=member, what="Stopped"), overdue(member=member, what="Still asked")
    check_ins.ask_due()
    client.post(reverse("microaction_stop", args=[stopped.token]))
    deliver_all()
    assert ["Still asked" in mail.subject for mail in mailoutbox] == [True]
    other.refresh_from_db()
    assert not other.mails_stopped


def test_unknown_token_stops_nothing(client):
    assert client.post(reverse("microaction_stop", args=["unknown"])).status_code == 404


def test_stopped_one_can_still_be_told_about(client):
    made = overdue(mails_stopped=True)
    send(client, made, "report", outcome="done", visibility="public")
    assert (made.status, made.is_public) == ("done", True)


# Who sees it, and deleting


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Everyone can see it on the wall."),
        ({"visibility": "me"}, "Only you see it."),
        ({"held": True}, "an organiser will check it before it goes up on the wall"),
    ],
)
def test_page_says_who_sees_it(client, fields, said):
    assert said in client.get(reverse("microaction_manage", args=[make_microaction(**fields).token])).text


def test_its_person_is_told_that_it_was_taken_off_the_wall(client):
    made = make_microaction()
    pledges.hide(made)
    assert "removed it from the wall" in client.get(reverse("microaction_manage", args=[made.token])).text


def test_going_private_takes_the_name_away(client):
    made = make_microaction(name="Kari Eksempel")
    page = send(client, made, "visibility", visibility="me", name="Kari Eksempel").text
    assert (made.visibility, made.name) == ("me", "")
    assert "Only you see it." in page


@pytest.mark.parametrize(
    ("wrong", "field"), [({"visibility": "friends"}, "visibility"), ({"name": "x" * 81}, "name")]
)
def test_wrong_choice_changes_nothing_and_stays_in_the_form(client, wrong, field):
    made = make_microaction(name="Before")
    form = send(client, made, "visibility", **{"visibility": "me", **wrong}).context["visibility_form"]
    assert (list(form.errors), form[field].value()) == ([field], wrong[field])
    assert (made.visibility, made.name) == ("public", "Before")


def test_deleting_takes_cheers_and_the_queued_mail_along(client, mailoutbox):
    made, other = overdue(status="done"), overdue()
    made.cheers.create(member=make_member())
    queued = overdue()
    check_ins.ask_due()
    for one in (made, queued):
        assert "The microaction has been deleted" in send(client, one, "delete").text
    deliver_all()
    assert (list(Microaction.objects.all()), Cheer.objects.count(), len(mailoutbox)) == ([other], 0, 1)


def test_link_of_a_deleted_one_leads_nowhere(client):
    made = make_microaction()
    send(client, made, "delete")
    for name in ("microaction_manage", "microaction_stop"):
        assert client.get(reverse(name, args=[made.token])).status_code == 404
