"""The calendar entry of a microaction, read back by the library and by a reader of our own."""

from datetime import UTC, date, datetime, time

import icalendar
import pytest
from django.urls import reverse

from microactions import check_ins, pledges
from microactions.pledges.calendar import clock_time, microaction_ics
from tests.events.calendars.icsreader import read_events, read_lines
from tests.factories import make_microaction

pytestmark = pytest.mark.django_db
SUMMER = date(2026, 7, 6)
MADE = datetime(2026, 7, 1, 9, tzinfo=UTC)


def entry(microaction):
    [found] = icalendar.Calendar.from_ical(microaction_ics(microaction)).walk("VEVENT")
    return found


def make(**fields):
    return make_microaction(**{"due_on": SUMMER, "created_at": MADE, "language": "en", **fields})


@pytest.mark.parametrize(
    ("words", "clock"),
    [
        ("11:30", time(11, 30)),
        ("kl. 9", time(9)),
        ("kl 09.30", time(9, 30)),
        ("Klokka 14", time(14)),
        ("klockan 7.05", time(7, 5)),
        ("at 15:00", time(15)),
        ("3 pm", time(15)),
        ("12 am", time(0)),
        ("10.30", time(10, 30)),
        ("14.00", time(14)),
    ],
)
def test_clear_clock_time_is_read(words, clock):
    assert clock_time(words) == clock


@pytest.mark.parametrize(
    "words",
    ["", "9", "at 3", "10.12", "kl. 25", "11:60", "13 pm", "etter lunsj", "kl. 9 eller 10", "9-10", "kl."],
)
def test_what_could_mean_more_is_no_clock_time(words):
    assert clock_time(words) is None


def test_moment_in_words_makes_an_entry_of_the_whole_day():
    found = entry(make(moment="after lunch", cue="come back", first_step="Write to IT"))
    assert (found["dtstart"].dt, found["dtend"].dt) == (SUMMER, date(2026, 7, 7))
    assert found["description"] == "after lunch\nWhen I come back, I will write to IT.\nYour microaction"
    assert (str(found["summary"]), str(found["class"])) == ("Invite the team next door for coffee", "PRIVATE")


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 3, 28), "2026-03-28 10:30"),
        (date(2026, 3, 29), "2026-03-29 09:30"),
        (date(2026, 10, 25), "2026-10-25 10:30"),
    ],
)
def test_clock_time_is_the_chapters_also_when_the_clocks_change(day, utc):
    found = entry(make(due_on=day, moment="11:30"))
    assert found["dtstart"].dt == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert (found["dtend"].dt - found["dtstart"].dt).seconds == 900


def test_same_microaction_is_the_same_bytes():
    made = make()
    first = microaction_ics(made)
    made.refresh_from_db()
    assert microaction_ics(made) == first
    assert entry(made)["dtstamp"].dt == MADE


def test_new_date_is_the_same_entry_with_a_higher_sequence(time_machine):
    made = make()
    before = entry(made)
    time_machine.move_to(datetime(2026, 7, 7, 9, tzinfo=UTC), tick=False)
    after = entry(check_ins.report(made, outcome="new_date", new_date=date(2026, 7, 9)))
    assert (before["uid"], before["sequence"], after["uid"], after["sequence"]) == (after["uid"], 0, before["uid"], 1)
    assert (after["dtstart"].dt, after["dtstamp"].dt) == (date(2026, 7, 9), datetime(2026, 7, 7, 9, tzinfo=UTC))


def test_other_words_are_a_later_version_of_the_same_entry(time_machine):
    made = make(moment="kl. 9")
    time_machine.move_to(datetime(2026, 7, 2, 9, tzinfo=UTC), tick=False)
    after = entry(pledges.reword(made, what="Ring the archive", moment="kl. 14"))
    assert (after["uid"], after["sequence"]) == (entry(made)["uid"], 1)
    assert (after["dtstart"].dt.hour, after["dtstamp"].dt) == (12, datetime(2026, 7, 2, 9, tzinfo=UTC))


def test_answer_leaves_the_entry_as_it_was(time_machine):
    made = make()
    before = microaction_ics(made)
    time_machine.move_to(datetime(2026, 7, 7, 9, tzinfo=UTC), tick=False)
    assert microaction_ics(check_ins.report(made, outcome="done", result="It worked")) == before


@pytest.mark.parametrize("words", ["Coffee\r\nATTENDEE:x", "æ" * 140, "a;b,c\\n:d", "END:VEVENT", "x\x07\u2028y"])
def test_hostile_words_add_no_line(words):
    made = make(what=words, moment=words[:80], cue=words, first_step=words)
    [found] = read_events(microaction_ics(made))
    names = {name.partition(";")[0] for name in found}
    assert names == {
        *("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION"),
        *("CLASS", "TRANSP"),
    }


def test_entry_tells_nobody_the_way_to_the_manage_page():
    made = make()
    assert made.token not in "".join(read_lines(microaction_ics(made)))


@pytest.mark.parametrize(("language", "says"), [("nb", "Når jeg kommer"), ("sv", "När jag kommer")])
def test_entry_speaks_the_microactions_language(language, says):
    assert says in entry(make(language=language, cue="kommer", first_step="ringer"))["description"]


def test_own_page_offers_the_file(client):
    made = make(due_on=date(2099, 1, 1))
    address = reverse("microaction_ics", args=[made.token])
    assert address in client.get(reverse("microaction_manage", args=[made.token])).text
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (answer.content, "no-store" in answer["Cache-Control"]) == (microaction_ics(made), True)
