"""The organisers' pages: what is typed stays, what is wrong is said beside the field, a late click is harmless."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import translation

from chapter.models import Delivery
from chapter.wordings import adopt_wording
from events.models import Event, Rsvp
from tests.factories import make_event, make_organiser, make_rsvp, make_venue

pytestmark = pytest.mark.django_db

NOWHERE = "Say where: choose a venue, write a place, or add the link to an online meeting."
NO_SUCH_NUMBER = "Enter a whole number from 1 to 100,000, or leave the field empty for no limit."
State, Status = Event.State, Rsvp.Status
NOON = datetime(2099, 5, 7, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def organiser(client):
    member = make_organiser(name="Kari Eksempel")
    client.force_login(member)
    return member


def typed(**changes):
    """What the form sends for a good event."""
    return {
        "language": "nb",
        "title": "Lean Coffee",
        "body": "Ta med **en sak**",
        "kind": "lean_coffee",
        "date": "2099-05-07",
        "start": "17:00",
        "end": "19:00",
        "time_zone": "Europe/Oslo",
        "venue": str(make_venue().pk),
        "capacity": "12",
        **changes,
    }


def as_shown(client, event, **changes):
    """What the edit page would send if nothing but `changes` was typed."""
    form = client.get(reverse("event_edit", args=[event.slug])).context["form"]
    shown = {field.html_name: field.value() for field in form if field.value() not in (None, "", False)}
    clocks = {name: shown[name].strftime("%H:%M") for name in ("start", "end")}
    return {**shown, **clocks, **changes}


def error_of(response, field):
    [message] = response.context["form"].errors[field]
    return message


# New


def test_new_event_is_a_draft_with_everything_in_it(client, organiser):
    sent = typed(hosts=[organiser.pk], principles=["2", "5"])
    response = client.post(reverse("event_new"), sent)
    event = Event.objects.get()
    assert response["Location"] == event.get_absolute_url() == "/en/events/2099-05-07-lean-coffee/"
    assert (event.is_draft, event.capacity, event.wording.body_html) == (
        True,
        12,
        "<p>Ta med <strong>en sak</strong></p>\n",
    )
    assert event.local_start.isoformat() == "2099-05-07T17:00:00+02:00"
    assert [p.number for p in event.principles.all()] == [2, 5]
    assert list(event.hosts.all()) == [organiser]


def test_new_form_knows_the_chapters_zone_and_the_writer(client, organiser):
    form = client.get(reverse("event_new")).context["form"]
    assert (form["time_zone"].value(), form["hosts"].value(), form["language"].value()) == (
        "Europe/Oslo",
        [organiser.pk],
        "en",
    )


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        (
            {"end": "16:00"},
            "end",
            "The end must come after the start. If it ends on another day, enter the last day.",
        ),
        (
            {"end": "17:00"},
            "end",
            "The end must come after the start. If it ends on another day, enter the last day.",
        ),
        ({"capacity": "-1"}, "capacity", NO_SUCH_NUMBER),
        ({"capacity": "0"}, "capacity", NO_SUCH_NUMBER),
        ({"capacity": "1" + "0" * 40}, "capacity", NO_SUCH_NUMBER),
        ({"capacity": "ten"}, "capacity", NO_SUCH_NUMBER),
        ({"venue": ""}, "venue", NOWHERE),
        ({"date": "7 May"}, "date", "Enter the date as 2026-12-31."),
        ({"date": "0001-01-01"}, "date", "Choose a day between the years 2000 and 2100."),
        ({"start": "25:00"}, "start", "Enter the time as 17:00."),
        ({"date": "2020-05-07"}, "already_happened", "That date has passed. Has this event already happened?"),
        ({"online_url": "javascript:alert(1)"}, "online_url", "Enter a valid URL."),
        (
            {"time_zone": "Mars/Phobos"},
            "time_zone",
            "Select a valid choice. Mars/Phobos is not one of the available choices.",
        ),
    ],
)
def test_wrong_input_is_said_beside_the_field_and_stays(client, organiser, wrong, field, message):
    response = client.post(reverse("event_new"), typed(**wrong))
    assert error_of(response, field) == message
    page = response.content.decode()
    assert f'id="id_{field}_error"' in page
    assert 'value="Lean Coffee"' in page
    assert "Ta med **en sak**" in page
    assert not Event.objects.exists()


def test_hour_that_does_not_exist_is_refused(client, organiser):
    response = client.post(reverse("event_new"), typed(date="2027-03-28", start="02:30", end="04:00"))
    assert "doesn’t exist" in error_of(response, "start")
    response = client.post(reverse("event_new"), typed(date="2027-03-28", start="01:30", end="02:30"))
    assert "doesn’t exist" in error_of(response, "end")


def test_hour_that_is_there_twice_is_the_first(client, organiser):
    client.post(reverse("event_new"), typed(date="2027-10-31", start="02:30", end="04:00"))
    assert Event.objects.get().starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_title_of_ten_kilobytes_is_refused_and_controls_go(client, organiser):
    response = client.post(reverse("event_new"), typed(title="æ" * 10_000))
    assert "at most 200 characters" in error_of(response, "title")
    client.post(reverse("event_new"), typed(title="Coffee\r\nBEGIN:VEVENT\x00\u202e"))
    assert Event.objects.get().wording.title == "Coffee BEGIN:VEVENT"


def test_event_may_end_on_another_day(client, organiser):
    client.post(reverse("event_new"), typed(end="02:00", end_date="2099-05-08"))
    assert Event.objects.get().ends_at == datetime(2099, 5, 8, 0, tzinfo=UTC)


def test_past_event_is_history_when_one_says_so(client, organiser):
    url = reverse("event_new")
    assert b"id_already_happened" not in client.get(url).content
    assert b'id="id_already_happened"' in client.post(url, typed(date="2020-05-07")).content
    assert client.post(url, typed(date="2020-05-07", already_happened="on")).status_code == 302


def test_online_event_needs_no_venue(client, organiser):
    client.post(reverse("event_new"), typed(venue="", online_url="meet.example.org/1"))
    assert Event.objects.get().online_url == "https://meet.example.org/1"


# Edit


def test_saving_what_is_shown_changes_nothing(client, organiser):
    event = make_event(venue=make_venue(), capacity=4, principles=[3], body="Tekst")
    make_rsvp(event=event)
    response = client.post(reverse("event_edit", args=[event.slug]), as_shown(client, event))
    same = Event.objects.get(pk=event.pk)
    assert response.status_code == 302
    assert (same.starts_at, same.sequence, same.capacity) == (event.starts_at, 0, 4)
    assert not Delivery.objects.exists()


def test_move_asks_for_the_reason_and_then_tells(client, organiser):
    event = make_event(venue=make_venue(), starts_at=NOON)
    make_rsvp(event=event)
    url, moved = reverse("event_edit", args=[event.slug]), as_shown(client, event, date="2099-05-08")
    assert "Tell people who are coming why" in error_of(client.post(url, moved), "reason")
    response = client.post(url, {**moved, "reason": "Storm"}, follow=True)
    assert "We’ll email 1 person." in response.content.decode()
    assert Event.objects.get().state_reason == "Storm"


def test_two_organisers_do_not_overwrite_each_other(client, organiser):
    event = make_event(title="Coffee", venue=make_venue(), starts_at=NOON)
    url = reverse("event_edit", args=[event.slug])
    mine, theirs = as_shown(client, event, title="Mine"), as_shown(client, event, title="Theirs")
    client.post(url, theirs)
    response = client.post(url, mine)
    assert "someone else changed this event" in response.content.decode()
    assert 'value="Mine"' in response.content.decode()
    assert event.wordings.current().get().title == "Theirs"
    again = {**mine, "version": response.context["form"]["version"].value()}
    client.post(url, again)
    assert event.wordings.current().get().title == "Mine"


def test_cancelled_event_keeps_its_time(client, organiser):
    event = make_event(venue=make_venue(), starts_at=NOON, state=State.CANCELLED)
    response = client.post(reverse("event_edit", args=[event.slug]), as_shown(client, event, date="2099-05-08"))
    assert "Duplicate it" in error_of(response, "date")


def test_language_of_a_published_text_cannot_be_changed(client, organiser):
    event = make_event(title="Kaffe", language="nb", venue=make_venue())
    client.post(reverse("event_edit", args=[event.slug]), as_shown(client, event, language="sv", title="Fika"))
    assert list(event.wordings.current().values_list("language", "title")) == [("nb", "Fika")]


# More languages


def test_text_in_one_more_language(client, organiser):
    event = make_event(title="Kaffe")
    url = reverse("event_wording", args=[event.slug, "sv"])
    version = client.get(url).context["form"]["version"].value()
    client.post(url, {"title": "Fika", "body": "Kom!", "version": version})
    assert event.wordings.in_language("sv").get().title == "Fika"
    assert client.get(url).context["form"]["title"].value() == "Fika"


def test_stale_text_is_not_saved_over_a_newer_one(client, organiser):
    event = make_event(title="Kaffe")
    url = reverse("event_wording", args=[event.slug, "sv"])
    version = client.get(url).context["form"]["version"].value()
    adopt_wording(event, language="sv", title="Theirs")
    response = client.post(url, {"title": "Mine", "body": "", "version": version})
    assert "someone else changed this event" in response.content.decode()
    assert event.wordings.in_language("sv").get().title == "Theirs"


def test_there_is_no_text_in_a_fourth_language(client, organiser):
    assert client.get(reverse("event_wording", args=[make_event().slug, "de"])).status_code == 404


def test_new_form_says_in_its_folds_what_is_chosen(client, organiser):
    page = client.get(reverse("event_new")).content.decode()
    chosen = re.findall(r"data-fold-chosen>(.*?)</span>\s*</summary>", page, re.DOTALL)
    assert [re.findall(r"<span>(.*?)</span>", one) for one in chosen] == [
        ["Lean Coffee", "English"],
        ["Kari Eksempel"],
        [],
    ]
