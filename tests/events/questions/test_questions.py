"""Questions about an event: who asks, who reads what and when, and how little mail a host gets of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from chapter.privacy import registry as privacy_register
from events import questions, rsvps
from events.models import Event, Question, Rsvp
from events.questions import privacy
from tests.factories import make_event, make_member, make_organiser, make_question, make_rsvp
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
ASKED, ANSWERED = "Is there a lift?", "Yes, at the back."


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def host():
    return make_member(name="Hanna Vert", language="en")


@pytest.fixture
def event(host):
    event = make_event(language="en")
    event.hosts.add(host)
    return event


def signed_in(member):
    client = Client()
    client.force_login(member)
    return client


def known_guest(event, name="Guro Gjest"):
    """A guest in the browser that confirmed."""
    client, rsvp = Client(), make_rsvp(event=event, status="pending", name=name)
    client.post(rsvp.get_absolute_url(), {"action": "confirm"})
    return client


def ask(client, event, **fields):
    return client.post(reverse("question_ask", args=[event.slug]), {"body": ASKED, **fields})


def decide(client, question, **fields):
    path = reverse("question_answer", args=[question.event.slug, question.pk])
    return client.post(path, {"move": "answer", "answer": ANSWERED, **fields})


def read(client, event):
    return client.get(event.get_absolute_url()).content.decode()


# Asking


def test_member_asks_and_only_the_asker_and_the_hosts_read_it(event, host):
    asker = signed_in(make_member(name="Maja Medlem"))
    assert ask(asker, event).url == f"{event.get_absolute_url()}#questions"
    assert ASKED in read(asker, event) and "You asked" in read(asker, event)
    page = read(signed_in(host), event)
    assert ASKED in page and "Maja Medlem" in page
    for other in (Client(), signed_in(make_member()), known_guest(event)):
        assert ASKED not in read(other, event)


def test_guest_asks_in_the_browser_that_confirmed(event, host):
    guest = known_guest(event)
    ask(guest, event)
    assert ASKED in read(guest, event) and "Guro Gjest" in read(signed_in(host), event)
    assert Question.objects.get().rsvp == event.rsvps.get()


def test_guest_asks_from_the_page_of_the_link(event):
    rsvp, client = make_rsvp(event=event), Client()
    assert b'name="rsvp"' in client.get(rsvp.get_absolute_url()).content
    wrong = ask(client, event, body="", rsvp=rsvp.token)
    assert wrong.status_code == 200 and rsvp.token in wrong.content.decode()
    ask(client, event, rsvp=rsvp.token)
    assert Question.objects.get().rsvp == rsvp


@pytest.mark.parametrize("fields", [{}, {"rsvp": "nobody-has-this-token"}], ids=["nothing", "another link"])
def test_stranger_asks_nothing(event, fields):
    assert ask(Client(), event, **fields).url == event.get_absolute_url()
    assert not Question.objects.exists()


def test_link_of_another_event_and_one_that_left_ask_nothing(event):
    (
        ask(Client(), event, rsvp=make_rsvp().token),
        ask(Client(), event, rsvp=make_rsvp(event=event, status="cancelled").token),
    )
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"state": "cancelled"}, {"starts_in": timedelta(days=-3)}], ids=["cancelled", "over"]
)
def test_nobody_asks_where_it_is_too_late(fields):
    event, client = make_event(**fields), signed_in(make_member())
    ask(client, event)
    assert not Question.objects.exists() and "Ask the hosts" not in read(client, event)


@pytest.mark.usefixtures("early_in_the_hour")
def test_too_many_questions_are_refused(event):
    client = signed_in(make_member())
    assert {ask(client, event).status_code for _ in range(11)} == {302, 429}
    assert Question.objects.count() == 10


def test_too_long_a_question_is_refused_beside_the_field_and_stays(event):
    answer = ask(signed_in(make_member()), event, body="n" * 1001)
    assert answer.context["form"].errors and b"n" * 1001 in answer.content


# Answering


def test_answer_shows_the_question_to_everyone_without_a_name(event, host):
    question = make_question(event=event, body=ASKED)
    decide(signed_in(host), question)
    page = read(Client(), event)
    assert ASKED in page and ANSWERED in page and question.rsvp.name not in page


def test_host_shows_a_question_without_an_answer_and_hides_it_again(event, host):
    question, client = make_question(event=event, body=ASKED), signed_in(host)
    decide(client, question, move="show", answer="")
    assert ASKED in read(Client(), event)
    decide(client, question, move="hide", answer="")
    assert ASKED not in read(Client(), event) and ASKED in read(client, event)


def test_answer_that_is_empty_is_asked_for(event, host):
    question = make_question(event=event)
    answer = decide(signed_in(host), question, answer=" ")
    assert "answer" in answer.context["form"].errors and Question.objects.get().is_held


def test_what_was_typed_beside_another_button_is_no_answer(event, host):
    decide(signed_in(host), make_question(event=event), move="show", answer="Unfinished")
    assert (Question.objects.get().answer, Question.objects.get().answer_html) == ("", "")


def test_other_members_answer_nothing(event):
    question = make_question(event=event)
    assert decide(signed_in(make_member()), question).status_code == 404
    assert decide(signed_in(make_member()), make_question()).status_code == 404


def test_question_of_another_event_is_not_answered_through_this_one(event, host):
    other = make_question()
    assert (
        signed_in(host).post(reverse("question_answer", args=[event.slug, other.pk]), {"move": "show"}).status_code
        == 404
    )


def test_markup_of_a_question_is_no_markup_of_the_page(event, host):
    ask(signed_in(make_member()), event, body="<script>alert(1)</script> **Is** [it](javascript:alert(1))")
    page = read(signed_in(host), event)
    assert "<script>alert(1)" not in page and "javascript:alert" not in page.split('id="questions"')[1].replace(
        "[it](javascript:alert(1))", ""
    )


# Deleting


def test_only_the_asker_deletes_it(event):
    asker = make_member()
    question = make_question(event=event, member=asker, answer=ANSWERED)
    path = reverse("question_delete", args=[event.slug, question.pk])
    assert [client.post(path).status_code for client in (Client(), signed_in(make_member()), known_guest(event))] == [
        404
    ] * 3
    assert signed_in(asker).post(path).status_code == 302
    assert not Question.objects.exists()


def test_guest_deletes_their_own(event):
    guest = known_guest(event)
    ask(guest, event)
    guest.post(reverse("question_delete", args=[event.slug, Question.objects.get().pk]))
    assert not Question.objects.exists()


# Mail


def test_host_gets_one_mail_a_day_in_their_language(event, host, mailoutbox, time_machine):
    time_machine.move_to("2026-11-02T10:00:00Z", tick=False)
    Event.objects.update(starts_at="2026-11-20T10:00Z", ends_at="2026-11-20T11:00Z")
    other = make_event()
    other.hosts.add(host)
    for _ in range(3):
        ask(signed_in(make_member()), event)
    ask(signed_in(make_member()), Event.objects.get(pk=other.pk))
    questions.tell_of_waiting()
    deliver_all()
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([host.email], "4 questions are waiting for you")]
    assert ASKED not in mailoutbox[0].body and event.slug in mailoutbox[0].body and other.slug in mailoutbox[0].body


def test_what_comes_after_the_mail_of_the_day_is_told_the_next_morning(event, host, mailoutbox, time_machine):
    time_machine.move_to("2026-11-02T10:00:00Z", tick=False)
    Event.objects.update(starts_at="2026-11-20T10:00Z", ends_at="2026-11-20T11:00Z")
    event.refresh_from_db()
    ask(signed_in(make_member()), event)
    time_machine.move_to("2026-11-02T12:00:00Z", tick=False)
    ask(signed_in(make_member()), event)
    sent = []
    for moment in ("2026-11-02T13:07:00Z", "2026-11-03T06:07:00Z", "2026-11-03T07:07:00Z", "2026-11-04T06:07:00Z"):
        time_machine.move_to(moment, tick=False)
        questions.tell_of_waiting()
        deliver_all()
        sent.append(len(mailoutbox))
    assert sent == [1, 2, 2, 2]


def test_no_mail_of_what_is_answered_by_then(event, host, mailoutbox):
    ask(signed_in(make_member()), event)
    decide(signed_in(host), Question.objects.get())
    deliver_all()
    assert mailoutbox == []


def test_organisers_are_told_where_nobody_hosts(mailoutbox):
    organiser, event = make_organiser(), make_event()
    ask(signed_in(make_member()), event)
    deliver_all()
    assert [mail.to for mail in mailoutbox] == [[organiser.email]]


# What is kept


def test_export_has_ones_own_also_as_a_guest(event):
    member = make_member()
    make_question(event=event, member=member, body="Mine"), make_question(event=event, body="Another's")
    make_question(event=event, rsvp=make_rsvp(event=event, email=member.email), body="As a guest")
    assert [row["text"] for row in privacy_register.export(member)["events.Question"]] == ["Mine", "As a guest"]


@pytest.mark.parametrize(("keep_texts", "left"), [(True, ["Shown"]), (False, [])])
def test_erasure_keeps_what_is_shown_if_its_asker_wants_that(event, keep_texts, left):
    member = make_member()
    make_question(event=event, member=member, body="Shown", answer="Yes"), make_question(event=event, member=member)
    privacy_register.erase(member, keep_texts=keep_texts)
    assert list(Question.objects.values_list("body", "member", "rsvp")) == [(body, None, None) for body in left]


@pytest.mark.parametrize(("days", "left"), [(29, 3), (31, 2)])
def test_askers_are_forgotten_with_the_guests(days, left):
    event = make_event(starts_in=timedelta(days=-days))
    make_question(event=event), make_question(event=event, answer="Yes")
    make_question(event=event, member=make_member(), answer="Yes")
    privacy.expire_questions()
    assert Question.objects.count() == left
    assert Question.objects.exclude(rsvp=None).exists() == (days == 29)
    assert privacy.expire_questions() == 0


def test_guest_who_becomes_a_member_still_deletes_it(event):
    member = make_member()
    make_question(event=event, rsvp=make_rsvp(event=event, email=member.email))
    rsvps.adopt_guest_rows(member)
    assert Rsvp.objects.get().member == member and "Delete my question" in read(signed_in(member), event)


# What it costs


@pytest.mark.parametrize("reader", ["visitor", "guest", "host"])
def test_it_costs_the_same_for_one_and_for_thirty(event, host, reader):
    client = {"visitor": Client, "guest": lambda: known_guest(event), "host": lambda: signed_in(host)}[reader]()
    counts = []
    for number in (1, 29):
        for n in range(number):
            make_question(event=event), make_question(event=event, member=make_member(), answer=f"Yes {n}")
        read(client, event)
        with CaptureQueriesContext(connection) as sent:
            read(client, event)
        counts.append(len(sent))
    assert counts[0] == counts[1]
