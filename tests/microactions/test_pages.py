"""The forms as people and machines send them: the pledge form, and the page behind the link in a mail."""

from datetime import timedelta

import pytest
import time_machine as clock
from django.urls import reverse
from django.utils import timezone

from chapter.models import RateHit
from microactions import check_ins, dates
from microactions.models import Microaction
from tests.factories import make_event, make_member, make_microaction

pytestmark = pytest.mark.django_db


def send(client, data, **query):
    return client.post(reverse("pledge"), data)


def manage(client, microaction, **data):
    return client.post(reverse("microaction_manage", args=[microaction.token]), data)


def state_of(microaction):
    return Microaction.objects.values_list("status", "visibility", "result").get(pk=microaction.pk)


def test_guest_is_sent_to_their_mail(client, typed):
    assert send(client, typed()).url == reverse("pledge_sent")
    made = Microaction.objects.get()
    assert (made.status, made.email, made.visibility, made.language) == ("pending", "kari@example.org", "me", "en")


def test_known_and_unknown_addresses_get_the_same_answer(client, typed):
    make_member(email="known@example.org")
    answers = [send(client, typed(email=f"{who}@example.org")) for who in ("known", "unknown")]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, reverse("pledge_sent"))] * 2


def test_sentence_is_read_back(client):
    made = make_microaction(language="en")
    plan = {"what": made.what, "cue": "open my laptop", "first_step": "write to them"}
    answer = manage(client, made, action="reword", **plan)
    page = client.get(answer.url).content.decode()
    assert "When I open my laptop, I will write to them." in page


def test_what_and_when_are_enough(client, typed):
    client.force_login(make_member())
    keep = ("what", "due_on", "opened")
    send(client, {name: value for name, value in typed().items() if name in keep})
    assert Microaction.objects.get().what == "Ask the next team"


@pytest.mark.parametrize(
    ("days", "says"), [(-1, "This date has passed"), (366, "more than a year away"), (None, "This field is required")]
)
def test_wrong_day_is_told_beside_the_field(client, typed, days, says):
    day = "" if days is None else (dates.today() + timedelta(days=days)).isoformat()
    form = send(client, typed(due_on=day)).context["form"]
    assert says in form.errors["due_on"][0]
    assert form["what"].value() == "Ask the next team"


@pytest.mark.parametrize("changes", [{"website": "https://spam.example.org"}, {"opened": ""}, {"opened": "forged"}])
def test_machines_are_asked_to_send_once_more(client, typed, changes):
    answer = send(client, typed(**changes))
    assert (answer.status_code, answer.context["form"].has_error("__all__", "guard")) == (200, True)
    assert Microaction.objects.count() == 0


@pytest.mark.usefixtures("early_in_the_hour")
def test_one_mailbox_gets_five_mails_a_day(client, typed):
    codes = [send(client, typed()).status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]
    assert Microaction.objects.count() == 5


@pytest.mark.usefixtures("early_in_the_hour")
def test_address_of_a_whole_conference_is_let_through_and_then_limited(client, typed):
    with clock.travel(timezone.now(), tick=False):
        send(client, typed())
        RateHit.objects.update(count=1499)
        send(client, {})
        assert send(client, typed(email="new@example.org")).status_code == 429


def test_form_is_prefilled_from_event_and_principle(client):
    event = make_event(starts_in=timedelta(days=-200))
    form = client.get(reverse("pledge") + f"?event={event.slug}&principle=3").context["form"]
    assert (form["event"].value(), int(form["principle"].value())) == (event.pk, 3)


@pytest.mark.parametrize(("starts_in", "days"), [(1, 14), (10, 9), (44, 43), (60, 14)])
def test_proposed_day_is_before_the_next_event_or_in_two_weeks(client, starts_in, days):
    with clock.travel("2026-05-05 10:00+00:00", tick=False):
        make_event(starts_in=timedelta(days=starts_in))
        proposed = client.get(reverse("pledge")).context["form"].initial["due_on"]
        assert (proposed - dates.today()).days == days


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"what": "Coffee\x00\u202e with\r\nthem"}, set()),
        ({"what": "x" * 141}, {"what"}),
        ({"what": "\u200b"}, {"what"}),
        ({"principle": "1" + "0" * 40}, {"principle"}),
        ({"principle": "-1"}, {"principle"}),
        ({"event": "\x00"}, {"event"}),
        ({"due_on": "9" * 40}, {"due_on"}),
        ({"email": "kari@example.org\r\nBcc: all@example.org"}, {"email"}),
    ],
)
def test_hostile_input_is_cleaned_or_refused(client, typed, changes, refused):
    answer = send(client, typed(**changes))
    assert set(answer.context["form"].errors if answer.context else ()) == refused
    assert [row.what for row in Microaction.objects.all()] == ([] if refused else ["Coffee with them"])


@pytest.mark.parametrize("path", ["0/", "1" + "0" * 40 + "/", "-1/", "%00/", "manage/x%00y/", "manage/unknown/"])
def test_senseless_addresses_are_404(client, path):
    assert client.get(f"/en/microactions/{path}").status_code == 404


def test_opening_the_link_changes_nothing(client):
    made = make_microaction(status="pending", member=None, email="kari@example.org")
    for query in ("", "?outcome=done", "?action=confirm", "?action=delete"):
        client.get(reverse("microaction_manage", args=[made.token]) + query)
        client.head(reverse("microaction_manage", args=[made.token]) + query)
    assert state_of(made) == ("pending", "public", "")


def test_manage_page_is_kept_by_nobody(client):
    answer = client.get(reverse("microaction_manage", args=[make_microaction().token]))
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex' in answer.content.decode()


def test_link_in_the_mail_chooses_the_answer(client):
    made = make_microaction()
    answer = client.get(reverse("microaction_manage", args=[made.token]) + "?outcome=partly")
    assert answer.context["report_form"]["outcome"].value() == "partly"


def test_guest_confirms_tells_and_deletes_from_the_page(client):
    made = make_microaction(status="pending", member=None, email="kari@example.org", visibility="me")
    manage(client, made, action="confirm")
    assert state_of(made) == ("open", "me", "")
    manage(client, made, action="report", outcome="done", result="It worked", visibility="public")
    assert state_of(made) == ("done", "public", "It worked")
    manage(client, made, action="visibility", visibility="me")
    assert state_of(made) == ("done", "me", "It worked")
    manage(client, made, action="delete")
    assert not Microaction.objects.exists()


def test_new_date_needs_a_day_and_nothing_typed_is_lost(client):
    made = make_microaction()
    answer = manage(client, made, action="report", outcome="new_date", result="Ill", visibility="me")
    form = answer.context["report_form"]
    assert (list(form.errors), form["result"].value()) == (["new_date"], "Ill")
    assert state_of(made) == ("open", "public", "")


def test_pending_one_cannot_be_told_about(client):
    made = make_microaction(status="pending", member=None, email="kari@example.org")
    manage(client, made, action="report", outcome="done", result="x", visibility="public")
    assert state_of(made) == ("pending", "public", "")


@pytest.mark.parametrize("action", ["", "explode", "confirm\x00"])
def test_unknown_action_is_400(client, action):
    assert manage(client, make_microaction(), action=action).status_code == 400


def test_member_comes_back_to_their_own_page(client):
    made = make_microaction()
    client.force_login(made.member)
    assert manage(client, made, action="visibility", visibility="me").url == reverse("microaction", args=[made.pk])


def test_form_offers_recent_and_coming_events_but_no_draft(client):
    near, long_ago = make_event(), make_event(starts_in=timedelta(days=-200))
    draft = make_event(state="draft")
    for query, events in (
        ("", {near}),
        (f"?event={long_ago.slug}", {near, long_ago}),
        (f"?event={draft.slug}", {near}),
    ):
        form = client.get(reverse("pledge") + query).context["form"]
        assert set(form.fields["event"].queryset) == events
        assert form["event"].value() == (long_ago.pk if long_ago in events else None)


def test_result_of_one_that_was_moved_is_not_in_the_description(read):
    made = make_microaction(status="done", result="Whisper result")
    assert 'content="Whisper result #mikrohandling"' in read("microaction", made.pk)
    check_ins.report(made, outcome="new_date", new_date=dates.today(), result="Whisper result")
    assert "Whisper" not in read("microaction", made.pk)
