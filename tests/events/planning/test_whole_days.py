"""Events of one day or several, without times: in the form, on pages, in lists, calendars and mails."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import translation

from events import calendars, reading
from events.models import Event
from events.rsvps import reminders
from events.sharing import structured_data
from tests.events.planning.test_organise import typed
from tests.factories import make_event, make_organiser, make_rsvp, make_sister, make_sister_event, make_venue
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 1, 12, tzinfo=UTC)
OSLO = ZoneInfo("Europe/Oslo")
WORDS = {
    1: {"en": "Tuesday 1 June 2027, all day", "nb": "tirsdag 1. juni 2027", "sv": "tisdag 1 juni 2027"},
    3: {
        "en": "Tuesday 1 June 2027, until Thursday 3 June 2027",
        "nb": "torsdag 3. juni 2027",
        "sv": "torsdag 3 juni 2027",
    },
}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def organiser(client):
    member = make_organiser()
    client.force_login(member)
    return member


def make_days(number=1, **fields):
    start = datetime(2027, 6, 1, tzinfo=OSLO)
    return make_event(starts_at=start, hours=24 * number, is_whole_days=True, venue=make_venue(), **fields)


def words(html):
    from django.utils.html import strip_tags

    return " ".join(strip_tags(html).split())


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("language", ["en", "nb", "sv"])
def test_the_page_shows_days_and_no_times(client, number, language):
    event = make_days(number)
    with translation.override(language):
        page = words(
            client.get(reverse("event", args=[event.slug]))
            .content.decode()
            .partition("<main")[2]
            .partition("</header>")[0]
        )
    assert WORDS[number][language] in page
    assert ("00:00" in page, "00.00" in page) == (False, False)


def test_lists_show_days_and_no_times(client):
    make_days(3)
    make_sister_event(
        chapter=make_sister(), title="Theirs", starts_at=datetime(2027, 6, 1, tzinfo=OSLO), ends_at=datetime(2027, 6, 2, tzinfo=OSLO),
        time_zone="Europe/Oslo", is_whole_days=True,
    )  # fmt: skip
    for name in ("events", "elsewhere", "home"):
        page = words(client.get(reverse(name)).content.decode())
        assert "00.00" not in page


def test_calendars_say_days():
    event = make_days(3)
    (entry,) = icalendar.Calendar.from_ical(calendars.event_ics(event, language="nb")).walk("VEVENT")
    assert b"DTSTART;VALUE=DATE:20270601" in entry.to_ical()
    assert b"DTEND;VALUE=DATE:20270604" in entry.to_ical()


def test_and_a_site_like_this_one_reads_them_as_days():
    content = calendars.event_ics(make_days(3), language="nb")
    (entry,) = reading.read_calendar(content, zone="Europe/Oslo", after=NOW, before=NOW + timedelta(days=99)).entries
    assert (entry.is_whole_days, entry.end - entry.start) == (True, timedelta(days=3))


def test_large_calendars_are_told_days():
    links = [parse_qs(urlsplit(link).query) for _, link in calendars.add_links(make_days(3))]
    assert links[0]["dates"] == ["20270601/20270604"]
    assert (links[1]["startdt"], links[1]["enddt"], links[1]["allday"]) == (["2027-06-01"], ["2027-06-04"], ["true"])


def test_search_engines_are_told_the_first_and_the_last_day(client):
    from chapter.models import Chapter

    make_days(3)
    data = structured_data.event_data(Event.objects.for_tickets().get(), Chapter.load())
    assert (data["startDate"], data["endDate"]) == ("2027-06-01", "2027-06-03")


@pytest.mark.parametrize("name", ["events", "home", "elsewhere", "event"])
def test_machines_read_a_day_and_no_midnight(client, name):
    event = make_days()
    make_sister_event(
        chapter=make_sister(),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        time_zone="Europe/Oslo",
        is_whole_days=True,
    )
    html = client.get(reverse(name, args=[event.slug] if name == "event" else [])).content.decode()
    assert 'datetime="2027-06-01"' in html
    assert 'datetime="2027-06-01T' not in html


@pytest.mark.parametrize(
    ("is_whole_days", "hour", "said"), [(True, 0, "2027-05-31"), (False, 17, "2027-05-31T17:00:00+02:00")]
)
def test_a_moved_one_says_the_day_it_was(client, is_whole_days, hour, said):
    before = datetime(2027, 5, 31, hour, tzinfo=OSLO)
    event = make_days(moved_from=before)
    page = words(client.get(reverse("event", args=[event.slug])).content.decode())
    assert ("Flyttet fra mandag 31. mai" in page, "00.00" in page, "kl. 17.00" in page) == (
        True,
        False,
        not is_whole_days,
    )
    assert structured_data.moved(Event.objects.get()) == {"previousStartDate": said}


def test_snippets_show_the_day_of_the_place():
    # `new Date` of a midnight in Auckland is the day before in Oslo.
    from django.template.loader import render_to_string

    assert "new Date(event.starts_at.slice(0, 16))" in render_to_string("events/sharing/snippet.txt", {})


def test_the_reminder_says_the_day():
    event = make_days()
    make_rsvp(event=event, language="en")
    with time_machine.travel(event.starts_at - timedelta(hours=20), tick=False):
        reminders.remind_due()
        deliver_all()
    (letter,) = mail.outbox
    assert letter.subject.endswith("Tuesday 1 June 2027")
    assert "Tuesday 1 June 2027, all day" in letter.body


# The form


def post(client, **changes):
    return client.post(reverse("event_new"), typed(date="2027-06-01", is_whole_days="on", **changes))


@pytest.mark.parametrize("times", [{}, {"start": "", "end": ""}, {"start": "x", "end": "y"}])
def test_a_whole_day_needs_no_times(client, organiser, times):
    assert post(client, **times).status_code == 302
    event = Event.objects.get()
    assert (event.is_whole_days, event.starts_at, event.ends_at - event.starts_at) == (
        True,
        datetime(2027, 6, 1, tzinfo=OSLO),
        timedelta(days=1),
    )


def test_several_days_end_with_the_last_one(client, organiser):
    post(client, end_date="2027-06-03")
    assert (Event.objects.get().local_end.isoformat(), str(Event.objects.get().last_day)) == (
        "2027-06-04T00:00:00+02:00",
        "2027-06-03",
    )


def test_a_last_day_before_the_first_is_refused_beside_it(client, organiser):
    assert list(post(client, end_date="2027-05-30").context["form"].errors) == ["end_date"]


def test_an_event_with_times_needs_them(client, organiser):
    answer = client.post(reverse("event_new"), typed(date="2027-06-01", start="", end=""))
    assert list(answer.context["form"].errors) == ["start", "end"]


def test_saving_the_form_again_changes_nothing(client, organiser):
    event = make_days(3, state="draft")
    form = client.get(reverse("event_edit", args=[event.slug])).context["form"]
    data = {name: value for name, value in form.initial.items() if value not in (None, [])}
    client.post(
        reverse("event_edit", args=[event.slug]),
        {**data, "venue": event.venue_id, "is_whole_days": "on", "hosts": [], "principles": []},
    )
    again = Event.objects.get()
    assert (again.starts_at, again.ends_at, again.is_whole_days) == (event.starts_at, event.ends_at, True)
