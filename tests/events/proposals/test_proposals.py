"""From somebody's offer to a draft, or to a kind no."""

import threading
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from chapter.models import AuditEntry
from events.models import Event, Proposal
from events.proposals import actions as proposals
from tests.everywhere.hostile import _guest_proposal, _proposal_fields
from tests.factories import make_event, make_member, make_organiser, make_proposal, make_venue
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db


def columns():
    start = timezone.now() + timedelta(days=30)
    return {"starts_at": start, "ends_at": start + timedelta(hours=2), "venue": make_venue()}


def sent(mailoutbox):
    deliver_all()
    mails, mailoutbox[:] = [(mail.to[0], mail.subject) for mail in mailoutbox], []
    return mails


def test_a_guests_offer_waits_for_the_mail_and_then_goes_to_every_organiser_once(client, mailoutbox):
    organisers = [make_organiser(language="en"), make_organiser(language="en")]
    client.post("/en/events/propose/", _guest_proposal(None))
    proposal = Proposal.objects.get()
    assert sent(mailoutbox) == [("kari@example.org", "Confirm your proposal for a meetup")]
    for _ in range(2):
        client.post(f"/en/events/proposal/{proposal.token}/", {"action": "confirm"})
    assert sent(mailoutbox) == [(o.email, "Someone would like to arrange: Walk and talk") for o in organisers]


def test_the_mail_to_an_unknown_address_repeats_no_words_of_the_form(client, mailoutbox):
    client.post(
        "/en/events/propose/", {**_guest_proposal(None), "what": "Canary", "body": "Canary", "name": "Canary"}
    )
    deliver_all()
    assert "Canary" not in mailoutbox[0].subject + mailoutbox[0].body + mailoutbox[0].alternatives[0][0]


def test_opening_the_link_confirms_nothing(client):
    proposal = make_proposal(state="unconfirmed")
    client.get(proposal.get_absolute_url())
    proposal.refresh_from_db()
    assert proposal.is_unconfirmed


def test_known_and_unknown_addresses_get_the_same_answer(client):
    make_member(email="kari@example.org")
    answers = []
    for email in ("kari@example.org", "nobody@example.org"):
        response = client.post("/nb/events/propose/", {**_guest_proposal(None), "email": email})
        answers.append((response.status_code, response["Location"]))
    assert answers == [(302, "/nb/events/propose/sent/")] * 2


def test_who_lacks_the_second_factor_is_told_of_an_offer_but_not_what_it_says(client, mailoutbox, settings):
    make_organiser(language="en")
    settings.ORGANISERS_NEED_SECOND_FACTOR = True
    client.force_login(make_member())
    client.post("/en/events/propose/", _proposal_fields(None))
    deliver_all()
    (mail,) = mailoutbox
    assert mail.subject == "Someone would like to arrange a meetup"
    assert "Walk and talk" not in mail.body + mail.alternatives[0][0]


@pytest.mark.usefixtures("early_in_the_hour")
def test_a_guest_makes_organisers_read_three_offers_a_day(client):
    waiting = [make_proposal(state="unconfirmed", email="kari@example.org") for _ in range(4)]
    statuses = [client.post(made.get_absolute_url(), {"action": "confirm"}).status_code for made in waiting]
    assert statuses == [302, 302, 302, 429]


def test_a_members_offer_is_open_at_once_and_needs_no_name(client, mailoutbox):
    organiser, member = make_organiser(language="en"), make_member()
    client.force_login(member)
    response = client.post("/en/events/propose/", _proposal_fields(None))
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.member, proposal.email) == ("open", member, "")
    assert response["Location"] == f"/en/events/proposal/{proposal.token}/"
    assert [to for to, _subject in sent(mailoutbox)] == [organiser.email]


def test_a_yes_makes_a_draft_in_the_proposers_language_with_the_member_as_host(mailoutbox):
    organiser, member = make_organiser(), make_member(language="sv")
    proposal = make_proposal(member=member, language="sv", what="Promenad", body="Två och två", principle_id=4)
    event = proposals.accept(proposal.pk, by=organiser, columns=columns())
    text = event.wordings.get()
    assert (event.state, text.language, text.title, text.body) == ("draft", "sv", "Promenad", "Två och två")
    assert ([*event.hosts.all()], [p.pk for p in event.principles.all()]) == ([member], [4])
    assert [to for to, _subject in sent(mailoutbox)] == [member.email]
    assert [(line.verb, line.actor) for line in AuditEntry.objects.filter(verb="proposal_accepted")] == [
        ("proposal_accepted", organiser)
    ]


def test_a_guest_becomes_host_when_they_sign_in_with_that_address(client, mailoutbox):
    proposal = make_proposal(email="kari@example.org", language="en")
    event = proposals.accept(proposal.pk, by=make_organiser(), columns=columns())
    assert event.hosts.count() == 0
    deliver_all()
    assert "/en/accounts/login/" in mailoutbox[0].body
    member, other = make_member(email="kari@example.org"), make_member()
    proposals.adopt_guest_rows(other), proposals.adopt_guest_rows(member)
    proposal.refresh_from_db()
    assert ([*event.hosts.all()], proposal.member, proposal.email) == ([member], member, "")


def test_an_unconfirmed_offer_is_adopted_by_nobody():
    make_proposal(email="kari@example.org", state="unconfirmed")
    proposals.adopt_guest_rows(make_member(email="kari@example.org"))
    assert Proposal.objects.get().member is None


def test_a_no_carries_the_organisers_words(client, mailoutbox):
    client.force_login(make_organiser())
    proposal = make_proposal(language="en", email="kari@example.org")
    page = client.get(reverse("proposal_decide", args=[proposal.pk])).content.decode()
    assert "Thank you for offering to arrange a meetup." in page
    client.post(reverse("proposal_decide", args=[proposal.pk]), {"answer_is": "no", "answer": "Next year, gladly."})
    deliver_all()
    assert (mailoutbox[0].to, "Next year, gladly." in mailoutbox[0].body) == (["kari@example.org"], True)


def test_a_no_without_words_is_not_sent(client):
    client.force_login(make_organiser())
    proposal = make_proposal()
    response = client.post(reverse("proposal_decide", args=[proposal.pk]), {"answer_is": "no", "answer": " "})
    assert (response.status_code, Proposal.objects.get().state) == (200, "open")


@pytest.mark.django_db(transaction=True)
def test_two_organisers_who_decide_at_once_make_one_decision():
    proposal, where, by, outcomes = make_proposal(), columns(), make_organiser(), []
    start = threading.Barrier(4)

    def decide(accepts):
        from django.db import connection

        start.wait()
        try:
            if accepts:
                proposals.accept(proposal.pk, by=by, columns=where)
            else:
                proposals.decline(proposal.pk, by=by, answer="No")
            outcomes.append("decided")
        except proposals.AlreadyDecided:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[n % 2 == 0]) for n in range(4)]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
    assert sorted(outcomes) == ["decided", "late", "late", "late"]
    assert Event.objects.count() == (1 if Proposal.objects.get().is_accepted else 0)


def test_whoever_is_late_is_told_so(client):
    client.force_login(make_organiser())
    proposal = make_proposal(state="declined", decided_at=timezone.now())
    answer = {"answer_is": "no", "answer": "No"}
    page = client.post(
        reverse("proposal_decide", args=[proposal.pk]), answer, follow=True, headers={"accept-language": "en"}
    )
    assert page.redirect_chain[-1][0] == reverse("proposals")


def test_it_can_be_taken_back_until_it_is_an_event(client):
    waiting = make_proposal()
    accepted = make_proposal(state="accepted", event=make_event(state="draft"), decided_at=timezone.now())
    statuses = [client.post(p.get_absolute_url(), {"action": "withdraw"}).status_code for p in (waiting, accepted)]
    assert (statuses, [*Proposal.objects.all()]) == ([302, 409], [accepted])


def test_the_desk_shows_open_offers_and_no_others(client):
    client.force_login(make_organiser())
    make_proposal(what="Open canary"), make_proposal(what="Unconfirmed canary", state="unconfirmed")
    html = client.get(reverse("desk")).content.decode()
    assert ("Open canary" in html, "Unconfirmed canary" in html) == (True, False)


def test_the_invitation_stands_where_people_look(client):
    address = "/en/events/propose/"
    assert address in client.get("/en/events/").content.decode()
    pages = ["/en/events/", *(f"/en/events/{make_event(starts_in=timedelta(days=n)).slug}/" for n in (3, -3))]
    assert [address in client.get(page).content.decode() for page in pages] == [True] * 3


def test_deleting_a_member_leaves_the_event_and_takes_the_rest():
    from chapter.privacy import registry as privacy_register

    member = make_member()
    make_proposal(member=member), make_proposal(email=member.email)
    kept = make_proposal(member=member, state="accepted", event=make_event(), decided_at=timezone.now())
    make_proposal()
    assert len(privacy_register.export(member)["events.Proposal"]) == 3
    privacy_register.erase(member, keep_texts=False)
    kept.refresh_from_db()
    assert (Proposal.objects.count(), kept.member, kept.person_name) == (2, None, "")
