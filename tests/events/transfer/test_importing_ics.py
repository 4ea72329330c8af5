"""Calendars and tables of others into the database: nothing twice, nothing lost, and every row in the report."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from chapter.transfer import foreign_tables
from chapter.transfer.importing import Report
from events import calendars, planning, tables
from events.models import Event
from events.transfer import csv_reader, files
from tests.events.reading.files import MONTHLY, NOW, calendar
from tests.factories import make_event, make_rsvp, make_venue


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(max_size=12) | st.sampled_from(["2026-01-01 11:30", "title", "start", "-1", "nb"]), max_size=6
        ),
        max_size=5,
    )
)
def test_a_table_of_garbage_is_refused_or_read_and_never_a_traceback(rows):
    text = "\n".join(["title;start;end;capacity;time_zone;language;date", *(";".join(row) for row in rows)])
    try:
        header, found, _ = foreign_tables.table(text.encode("utf-8", "surrogatepass"))
        known, notes = tables.with_orders(tables.columns(header), [cells for _, cells in found])
        assert all(notes)
        for _, cells in found:
            _read(cells, known)
    except foreign_tables.Unreadable as refusal:
        assert str(refusal)


def _read(cells, known):
    try:
        row = csv_reader.foreign_row(cells, known, language="nb", time_zone="Europe/Oslo")
    except csv_reader.Refused as refusal:
        assert str(refusal)
    else:
        assert row.ends_at > row.starts_at


# Into the database


def take(content, **options):
    report = Report()
    files.import_file(content, report=report, **options)
    return {verdict: number for verdict, number in report.counts.items() if number}


@pytest.mark.django_db
def test_a_calendar_again_makes_nothing_twice():
    assert take(calendar(MONTHLY)) == {"made": 12}
    assert take(calendar(MONTHLY)) == {"same": 12}
    assert list(Event.objects.order_by("starts_at").values_list("state", flat=True)) == ["published"] * 11 + ["draft"]


@pytest.mark.django_db
def test_a_place_and_a_link_are_told_apart():
    take(calendar("UID:a\nSUMMARY:A\nDTSTART:20260701T113000\nLOCATION:Kafé\\, Gata 1\\, By"))
    take(calendar("UID:b\nSUMMARY:B\nDTSTART:20260702T113000\nLOCATION:https://example.org/b"))
    first, second = Event.objects.order_by("starts_at")
    assert (str(first.venue), first.venue.address, second.venue, second.online_url) == (
        "Kafé, By", "Gata 1", None, "https://example.org/b",
    )  # fmt: skip


@pytest.mark.django_db
def test_a_cancelled_date_cancels_the_event_that_came_from_it():
    event = "UID:a\nSUMMARY:A\nDTSTART:20261201T113000"
    take(calendar(event), publish=True)
    assert take(calendar(event + "\nSTATUS:CANCELLED")) == {"changed": 1}
    assert Event.objects.get().state == "cancelled"
    assert take(calendar("UID:b\nSUMMARY:B\nDTSTART:20261201T113000\nSTATUS:CANCELLED")) == {"kept": 1}


@pytest.mark.django_db
def test_our_own_calendar_is_the_same_event_by_its_uid():
    event = make_event(title="Kaffe", body="**Fet**", venue=make_venue())
    planning.cancel(event.pk, reason="Snø")
    content = calendars.feed_ics(language="nb")
    assert take(content) == {"same": 1}
    Event.objects.all().delete()
    assert take(content) == {"kept": 1}


@pytest.mark.django_db
def test_our_own_calendar_makes_the_same_event_elsewhere():
    event = make_event(title="Kaffe", starts_in=timedelta(days=-9), venue=make_venue())
    content = calendars.feed_ics(language="nb")
    uid, start, slug = event.uid, event.starts_at, event.slug
    event.delete()
    assert take(content) == {"made": 1}
    made = Event.objects.get()
    assert (made.uid, made.starts_at.replace(microsecond=0), made.slug, made.wording.title) == (
        uid, start.replace(microsecond=0), slug, "Kaffe",
    )  # fmt: skip


# The same calendar again

WEEKLY = "UID:w\nSUMMARY:Kaffe\nDTSTART;TZID=Europe/Oslo:20261201T113000\nRRULE:FREQ=WEEKLY;COUNT=3"
ONCE = "UID:w\nSUMMARY:Kaffe\nDTSTART;TZID=Europe/Oslo:20261201T113000"


def report_of(*events, head="", **options):
    report = Report()
    files.import_file(calendar(*events, head=head), report=report, **options)
    return report


def said(report, verdict):
    return [f"{row.what} ({row.reason})" for row in report.rows if row.verdict == verdict]


def local_starts():
    return [f"{event.local_start:%m-%d %H:%M}" for event in Event.objects.order_by("starts_at")]


@pytest.mark.django_db
def test_a_new_uid_makes_no_second_event_of_the_same_title_and_start():
    take(calendar(ONCE))
    report = report_of(ONCE.replace("UID:w", "UID:other"))
    assert (Event.objects.count(), report.counts["same"]) == (1, 1)
    assert "it is here already" in report.rows[0].reason
    # And from then on it goes by its new name.
    moved = ONCE.replace("UID:w", "UID:other").replace("T113000", "T120000")
    assert (take(calendar(moved)), local_starts()) == ({"changed": 1}, ["12-01 12:00"])


@pytest.mark.django_db
def test_two_events_of_one_title_and_start_in_one_file_are_two():
    both = (ONCE + "\nLOCATION:Storstua", ONCE.replace("UID:w", "UID:other") + "\nLOCATION:Lillestua")
    assert take(calendar(*both)) == {"made": 2}
    assert take(calendar(*both)) == {"same": 2}


@pytest.mark.django_db
def test_an_event_that_was_made_here_by_hand_is_not_made_twice():
    make_event(title="Kaffe", starts_in=timedelta(days=9, hours=-1, minutes=-30))
    assert local_starts() == ["12-01 11:30"]
    report = report_of(ONCE)
    assert (Event.objects.count(), len(said(report, "same"))) == (1, 1)


@pytest.mark.django_db
def test_a_series_that_moves_is_moved():
    take(calendar(WEEKLY))
    assert take(calendar(WEEKLY.replace("T113000", "T120000"))) == {"changed": 3}
    assert local_starts() == ["12-01 12:00", "12-08 12:00", "12-15 12:00"]


@pytest.mark.django_db
def test_a_series_that_moves_to_another_weekday_is_moved():
    take(calendar(WEEKLY))
    assert take(calendar(WEEKLY.replace("20261201", "20261202"))) == {"changed": 3}
    assert local_starts() == ["12-02 11:30", "12-09 11:30", "12-16 11:30"]


@pytest.mark.django_db
def test_a_date_that_people_signed_up_for_does_not_move_and_is_not_made_twice():
    take(calendar(WEEKLY), publish=True)
    make_rsvp(event=Event.objects.earliest("starts_at"))
    assert take(calendar(WEEKLY.replace("T113000", "T120000")), publish=True) == {"changed": 2, "kept": 1}
    assert local_starts() == ["12-01 11:30", "12-08 12:00", "12-15 12:00"]


@pytest.mark.django_db
def test_a_single_event_that_becomes_a_series_is_not_made_twice():
    take(calendar(ONCE))
    assert take(calendar(WEEKLY)) == {"made": 2, "same": 1}


@pytest.mark.django_db
def test_a_series_that_becomes_a_single_event_says_what_is_no_longer_there():
    take(calendar(WEEKLY))
    report = report_of(ONCE)
    assert (report.counts["same"], len(said(report, "kept")), Event.objects.count()) == (1, 2, 3)
    assert said(report, "kept")[0].startswith("2026-12-08 11:30 Kaffe (the source no longer has it")


@pytest.mark.django_db
def test_a_date_that_is_taken_out_is_said_again():
    take(calendar(WEEKLY))
    report = report_of(WEEKLY + "\nEXDATE;TZID=Europe/Oslo:20261208T113000")
    assert said(report, "kept") == [
        "2026-12-08 11:30 Kaffe (the source no longer has it: cancel or delete it here if it isn’t happening)"
    ]


@pytest.mark.django_db
def test_of_a_source_with_a_name_whole_events_are_missed_too():
    other = "UID:o\nSUMMARY:Te\nDTSTART;TZID=Europe/Oslo:20261203T113000"
    take(calendar(ONCE, other), source="ours")
    assert len(said(report_of(ONCE, source="ours"), "kept")) == 1
    assert said(report_of(ONCE), "kept") == []


@pytest.mark.django_db
@pytest.mark.parametrize("off", ["METHOD:CANCEL", "title", "STATUS"])
def test_an_event_is_cancelled_however_its_source_says_so(off):
    take(calendar(ONCE), publish=True)
    now = {
        "METHOD:CANCEL": ONCE,
        "title": ONCE.replace("SUMMARY:", "SUMMARY:Avlyst: "),
        "STATUS": ONCE + "\nSTATUS:CANCELLED",
    }
    head = off if ":" in off else ""
    assert report_of(now[off], head=head, publish=True).counts["changed"] == 1
    event = Event.objects.get()
    assert (event.state, event.wording.title) == ("cancelled", "Kaffe")


@pytest.mark.django_db
def test_a_whole_series_is_taken_back_by_its_uid():
    take(calendar(WEEKLY), publish=True)
    assert report_of(ONCE, head="METHOD:CANCEL", publish=True).counts["changed"] == 3
    assert {event.state for event in Event.objects.all()} == {"cancelled"}


@pytest.mark.django_db
def test_what_became_private_is_said_and_left():
    take(calendar(WEEKLY), publish=True)
    report = report_of(WEEKLY + "\nCLASS:PRIVATE")
    assert [reason for *_, reason, _ in report.rows].count(
        "it is private there now, and still here: hide it here by hand"
    ) == 3


@pytest.mark.django_db
def test_the_counts_of_the_report_add_up_to_the_files():
    report = report_of(
        WEEKLY,
        "UID:b\nSUMMARY:B\nDTSTART:20110519T180000Z",
        "UID:c\nSUMMARY:C\nDTSTART:20311019T180000Z",
        "UID:d\nSUMMARY:D\nCLASS:PRIVATE\nDTSTART:20261019T180000Z",
        "UID:e\nSUMMARY:E\nDTSTART:soon",
    )
    assert report.counts == {"made": 3, "changed": 0, "same": 0, "kept": 0, "refused": 1, "left out": 3}
    assert "left out: 1 event is before 2024-11-20: --months-back takes more" in list(report.lines())


@pytest.mark.django_db
def test_a_calendar_without_events_says_so():
    assert report_of().notes == ["This calendar has no events."]


@pytest.mark.django_db
def test_a_plain_description_keeps_its_lines_and_its_signs():
    take(calendar(ONCE + "\nDESCRIPTION:Program\\n11.30 Kaffe\\n# 1 sted\\n* gratis"))
    html = Event.objects.get().wording.body_html
    assert html.count("<br>") == 3
    assert ("<h" in html, "<li>" in html) == (False, False)


@pytest.mark.django_db
def test_a_description_written_for_pages_is_read_as_that():
    take(
        calendar(
            ONCE
            + '\nDESCRIPTION:<p>Hei&nbsp\\;alle</p><ul><li>Kaffe</li></ul><a href="https://example.org/x">mer</a>'
        )
    )
    html = Event.objects.get().wording.body_html
    assert ("<li>Kaffe</li>" in html, 'href="https://example.org/x"' in html, "&lt;" in html) == (True, True, False)
