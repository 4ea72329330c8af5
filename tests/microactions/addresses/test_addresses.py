"""A microaction without an address: its page, and an address that is added later and asked before anything is sent."""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from chapter.privacy import registry
from microactions import addresses, check_ins, dates, pledges
from microactions.models import ProposedAddress
from tests.factories import make_member, make_microaction
from tests.mail import deliver_all
from tests.threads import at_once

pytestmark = pytest.mark.django_db
KARI = "kari@example.org"


def unnamed(**fields):
    day = dates.today() + timedelta(days=3)
    fields = {"language": "en", "what": "Ask the next team", "due_on": day, **fields}
    return pledges.pledge_unnamed(**fields)


def manage(client, microaction, **data):
    address = reverse("microaction_manage", args=[microaction.token])
    return client.post(address, {"action": "address", **data}, follow=True)


def proposed_for(microaction, email=KARI):
    addresses.propose(microaction, email=email)
    return ProposedAddress.objects.get(microaction=microaction)


def answer(client, proposed, **data):
    response = client.post(reverse("microaction_address", args=[proposed.token]), data, follow=True)
    proposed.microaction.refresh_from_db()
    return response


def test_page_says_keep_this_link_and_shows_it(read):
    made = unnamed()
    page = read("microaction_manage", made.token)
    assert "Keep this link" in page
    assert f'value="http://localhost:8000/en/microactions/manage/{made.token}/"' in page
    assert "we’ll ask you by email" not in page


def test_page_of_somebody_with_an_address_has_none_of_it(read):
    assert "Keep this link" not in read("microaction_manage", make_microaction(member=None, email=KARI).token)


def test_only_the_question_is_sent_before_a_yes(client, mailoutbox):
    made = unnamed(due_on=dates.today())
    manage(client, made, email="Kari@example.org")
    made.due_on -= timedelta(days=1)
    made.save()
    assert check_ins.ask_due() == 0
    deliver_all()
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([KARI], "Is this address yours?")]
    assert made.token not in mailoutbox[0].body + mailoutbox[0].alternatives[0].content


def test_yes_from_the_mail_makes_it_reachable(client, mailoutbox):
    made = unnamed()
    proposed = proposed_for(made)
    assert "Yes, it is mine" in client.get(reverse("microaction_address", args=[proposed.token])).text
    made.refresh_from_db()
    assert made.email == ""
    assert "The day after, we’ll ask you by email" in answer(client, proposed, answer="yes").text
    assert proposed.microaction.email == KARI
    assert not ProposedAddress.objects.exclude(email="").exists()


def test_yes_twice_changes_nothing_and_leads_to_the_same_page(client):
    proposed = proposed_for(unnamed())
    pages = [answer(client, proposed, answer="yes").redirect_chain for _ in range(2)]
    assert pages[0] == pages[1] == [(reverse("microaction_manage", args=[proposed.microaction.token]), 302)]
    assert "The address is confirmed" in client.get(reverse("microaction_address", args=[proposed.token])).text


@pytest.mark.parametrize("data", [{"answer": "no"}, {"List-Unsubscribe": "One-Click"}])
def test_no_or_one_click_forgets_the_address(client, data):
    proposed = proposed_for(unnamed())
    client.handler.enforce_csrf_checks = True
    assert "The address has been deleted" in answer(client, proposed, **data).text
    assert (proposed.microaction.email, ProposedAddress.objects.count()) == ("", 0)


@pytest.mark.parametrize("data", [{"answer": "no"}, {"List-Unsubscribe": "One-Click"}])
def test_no_or_one_click_after_a_yes_stops_the_mail(client, data):
    proposed = proposed_for(unnamed())
    answer(client, proposed, answer="yes")
    assert "No more emails about this one" in answer(client, proposed, **data).text
    assert proposed.microaction.mails_stopped


def test_no_never_shows_the_way_to_the_microaction(client):
    proposed = proposed_for(unnamed())
    pledges.stop_mails(proposed.microaction)
    assert proposed.microaction.token not in answer(client, proposed, answer="no").text


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_at_once_are_no_failure():
    for number in range(10):
        proposed = proposed_for(unnamed(), f"kari{number}@example.org")
        said = at_once(partial(_answer_quietly, proposed), addresses.confirm, addresses.refuse)
        assert said == [None, None]
        proposed.microaction.refresh_from_db()
        assert proposed.microaction.email == "" or proposed.microaction.mails_stopped


def _answer_quietly(proposed, verb):
    with suppress(ProposedAddress.DoesNotExist):  # the no came first
        verb(ProposedAddress.objects.get(pk=proposed.pk))


def test_one_click_of_the_mail_points_at_the_same_page(mailoutbox):
    proposed = proposed_for(unnamed())
    deliver_all()
    headers = mailoutbox[0].extra_headers
    assert headers["List-Unsubscribe"] == f"<http://localhost:8000/en/microactions/address/{proposed.token}/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # The calendar entry would quote what was typed.
    assert mailoutbox[0].attachments == []


def test_strangers_links_are_not_passed_on(mailoutbox):
    proposed_for(unnamed(what="Win at www.cheap.example.com"))
    deliver_all()
    assert "cheap" not in mailoutbox[0].body + mailoutbox[0].alternatives[0].content
    assert mailoutbox[0].attachments == []


def test_second_address_takes_the_firsts_place(client, mailoutbox):
    made = unnamed()
    first = proposed_for(made, "typo@example.org")
    proposed_for(made)
    deliver_all()
    assert [mail.to for mail in mailoutbox] == [[KARI]]
    assert client.get(reverse("microaction_address", args=[first.token])).status_code == 404


def test_confirmed_address_of_a_member_makes_it_theirs():
    member = make_member(email=KARI)
    made = addresses.confirm(proposed_for(unnamed()))
    assert (made.member, made.email) == (member, "")


@pytest.mark.parametrize(
    "fields",
    [{"member": None, "email": "ola@example.org"}, {}, {"member": None, "email": "", "mails_stopped": True}],
)
def test_nobody_adds_an_address_to_what_has_a_person_or_wants_no_mail(client, fields):
    manage(client, make_microaction(**fields), email=KARI)
    assert not ProposedAddress.objects.exists()


def test_wrong_address_stays_in_the_form(client):
    form = manage(client, unnamed(), email="kari@").context["address_form"]
    assert (list(form.errors), form["email"].value()) == (["email"], "kari@")


@pytest.mark.usefixtures("early_in_the_hour")
def test_one_mailbox_is_asked_five_times_an_hour(client):
    codes = [manage(client, unnamed(), email=KARI).status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]


def test_unanswered_address_goes_after_a_week_and_with_its_member():
    old, new = proposed_for(unnamed()), proposed_for(unnamed(), "ola@example.org")
    ProposedAddress.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    list(registry.expire_each())
    assert list(ProposedAddress.objects.all()) == [new]
    ola = make_member(email="ola@example.org")
    assert registry.export(ola)["microactions.ProposedAddress"][0]["email"] == "ola@example.org"
    registry.erase(ola, keep_texts=True)
    assert not ProposedAddress.objects.exists()


@pytest.mark.parametrize(("level", "left"), [("me", 0), ("makker", 0), ("event", 1), ("public", 1)])
def test_private_one_without_address_goes_after_a_year(level, left):
    made = make_microaction(member=None, email="", visibility=level, due_on=dates.today() - timedelta(days=366))
    list(registry.expire_each())
    assert type(made).objects.count() == left
