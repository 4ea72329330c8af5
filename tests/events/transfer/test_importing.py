"""Events out of tables and calendars: nothing twice, nothing lost, nobody mailed, and what a hand changed is left alone."""

import csv
from datetime import UTC, datetime
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command

from chapter.models import Delivery
from chapter.transfer.importing import Report
from chapter.wordings import adopt_wording
from events import planning
from events.models import Event, Venue
from events.transfer import files, own_rows
from tests.factories import make_event, make_rsvp, make_venue

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def take(content, **options):
    """{verdict: how many} of importing this."""
    report = Report()
    files.import_file(content if isinstance(content, bytes) else content.encode(), report=report, **options)
    return {verdict: number for verdict, number in report.counts.items() if number}


def reasons(content, **options):
    report = Report()
    files.import_file(content.encode(), report=report, **options)
    return [f"{row.what}: {row.reason}" for row in report.rows if row.verdict in {"refused", "kept"}]


def meetups():
    """28 past meetups as a group's page counts them: 25 with the same title, and two on the same day."""
    lines = ["tittel;dato;start;slutt;sted;adresse;by;påmeldte"]
    for number in range(27):
        title = "Månedlig kaffeprat" if number < 25 else f"Åpen dag {number}"
        day = f"{number % 27 + 1:02}.{number % 9 + 1:02}.{2022 + number // 9}"
        lines.append(f"{title};{day};11.30;12.30;Kafé Eksempel;Eksempelgata 1;Eksempelby;{number}")
    lines.append("Kveldsprat;01.01.2022;18.00;20.00;Kafé Eksempel;Eksempelgata 1;Eksempelby;4")
    return "\r\n".join(lines)


def test_28_past_meetups_fit_in_one_table():
    assert take(meetups()) == {"made": 28}
    events = Event.objects.past()
    assert len({event.get_absolute_url() for event in events}) == 28
    assert sum(event.wording.title == "Månedlig kaffeprat" for event in events) == 25
    assert Venue.objects.count() == 1


def test_the_same_table_again_makes_nothing_twice():
    take(meetups())
    assert take(meetups()) == {"same": 28}
    assert Event.objects.count() == 28


def test_the_clock_of_a_table_is_that_of_its_zone():
    take("title,start\nKaffe,2026-07-01 11:30\nKaffe,2026-12-01 11:30")
    assert [event.starts_at.hour for event in Event.objects.order_by("starts_at")] == [9, 10]


@pytest.mark.parametrize(
    "start",
    [
        "2026-12-31 11:30",
        "2026-12-31T11:30:00",
        "31.12.2026 11.30",
        "31.12.2026 kl. 11:30",
        "31/12/2026 11:30",
        "2026-12-31T10:30:00+00:00",
        "2026-12-31 11:30:00+01:00",
    ],
)
def test_dates_are_read_as_people_and_excel_write_them(start):
    take(f"\ufeffTittel;Start\r\n=HYPERLINK(1);{start}\r\n")
    event = Event.objects.get()
    assert (event.local_start.isoformat(), event.wording.title) == ("2026-12-31T11:30:00+01:00", "=HYPERLINK(1)")


def test_a_table_from_windows_keeps_its_letters():
    take("title;start;sted;by\nBlåbærgrøt;2026-12-31 11:30;Kafé Ærlig;Tromsø".encode("cp1252"))
    assert (Event.objects.get().wording.title, Event.objects.get().venue.city) == ("Blåbærgrøt", "Tromsø")


def test_a_wrong_row_names_its_line_and_columns_and_the_rest_goes_on():
    table = "title,start,seats,state\nA,yesterday,9,\n,2026-12-01 11:30,many,maybe\nB,2026-12-02 11:30,9,\n"
    assert reasons(table) == [
        "line 2: start: 'yesterday' can’t be read",
        "line 3: title: is empty; state: 'maybe' isn’t one of draft, published, postponed, cancelled; seats: 'many' can’t be read",
    ]
    assert [event.capacity for event in Event.objects.all()] == [9]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("A,2026-03-29 02:30,,,", "start: this time doesn’t exist"),
        ("A,2026-12-01 11:30,2026-11-01 12:00,,", "end: is before the start"),
        ("A,1026-12-01 11:30,,,", "start: 1026 can’t be the year"),
        ("A,2026-12-01 11:30,,0,", None),
        ("A,2026-12-01 11:30,,-4,", "seats: -4 isn’t a number from 1"),
        ("A,2026-12-01 11:30,,999999999999,", "seats: 999999999999 isn’t"),
        ("A,2026-12-01 11:30,,,Mars/Base", "time_zone: 'Mars/Base' can’t be read"),
        ("A,2026-12-01 11:30,,,Etc/GMT+5", "time_zone: 'Etc/GMT+5' can’t be chosen here"),
        ("n" * 201 + ",2026-12-01 11:30,,,", "title: longer than 200"),
    ],
    ids=range(9),
)
def test_what_an_event_cannot_be_is_refused_with_a_reason(row, why):
    found = reasons(f"title,start,end,capacity,time_zone\n{row}\n")
    assert (found == []) if why is None else (len(found) == 1 and why in found[0])


def test_link_that_is_too_long_is_refused_and_never_cut():
    assert take(f"title,start,online\nA,2026-12-01 11:30,https://meet.example.org/{'x' * 200}") == {"refused": 1}


def test_two_rows_of_one_name_are_refused_the_second_time():
    table = "title,start\nA,2026-12-01 11:30\nA,2026-12-01 11:30"
    assert take(table) == {"made": 1, "refused": 1}


def test_what_is_over_is_published_and_what_is_to_come_waits_for_a_yes():
    table = "title,start\nA,2026-01-01 11:30\nB,2026-12-01 11:30"
    take(table)
    assert dict(Event.objects.values_list("wordings__title", "state")) == {"A": "published", "B": "draft"}
    take("title,start\nC,2026-12-01 11:30", publish=True)
    assert Event.objects.get(wordings__title="C").state == "published"


def test_a_row_that_changed_changes_its_event():
    take("id,title,start,venue,city\n7,A,2026-12-01 11:30,Kafé,By")
    assert take("id,title,start,venue,city\n7,A later,2026-12-01 12:30,Hus,By") == {"changed": 1}
    event = Event.objects.get()
    assert (event.wording.title, event.local_start.hour, event.venue.name) == ("A later", 12, "Hus")


def test_what_a_hand_changed_here_is_left_alone_and_said_so():
    take("id,title,start\n7,A,2026-12-01 11:30")
    event = Event.objects.get()
    text = {"language": "nb", "title": "Vårt navn", "body": ""}
    planning.write_text(event.pk, version=planning.fingerprint(event), **text)
    assert reasons("id,title,start\n7,B,2026-12-01 11:30") == ["2026-12-01 11:30 B: it was changed here by hand"]
    assert Event.objects.get().wording.title == "Vårt navn"


def test_people_who_signed_up_are_told_by_a_person_not_moved_by_a_file():
    take("id,title,start\n7,A,2026-12-01 11:30", publish=True)
    make_rsvp(event=Event.objects.get())
    assert take("id,title,start\n7,A,2026-12-02 11:30", publish=True) == {"kept": 1}
    assert Event.objects.get().local_start.day == 1


def test_what_was_deleted_here_does_not_come_back():
    take("id,title,start\n7,A,2026-12-01 11:30")
    planning.delete_draft(Event.objects.get().pk)
    assert take("id,title,start\n7,A,2026-12-01 11:30") == {"kept": 1}


def test_nobody_is_mailed():
    take("id,title,start\n7,A,2026-12-01 11:30", publish=True)
    take("id,title,start\n7,B,2026-12-02 11:30", publish=True)
    assert (Delivery.objects.count(), mail.outbox) == (0, [])


def test_a_place_is_made_once_and_stays_as_it_is():
    make_venue(name="Kafé Eksempel", city="Eksempelby", address="Gata 2")
    take("title,start,venue,address,city\nA,2026-12-01 11:30,kafé eksempel,Eksempelgata 1,EKSEMPELBY")
    assert Venue.objects.get().address == "Gata 2"


# Our own export


def full_event():
    venue = make_venue(
        directions="Bak\n*hjørnet*", access_notes="Heis", map_url="https://example.org/", language="sv"
    )
    event = make_event(title="Første", body="Vi\n\n- møtes", venue=venue, capacity=12, principles=[3, 1], sequence=4)
    adopt_wording(event, language="en", title="=First", body='We; "meet", all')
    fields = {"online_url": "https://example.org/m", "cut_off_hours": 5, "kind": "talk", "time_zone": "Europe/London"}
    moments = {"moved_from": NOW, "published_at": NOW, "state": "postponed", "state_reason": "Snø, mye"}
    Event.objects.filter(pk=event.pk).update(**fields, **moments)
    return Event.objects.get(pk=event.pk)


def exported():
    """The table of all events, and its rows."""
    rows = [own_rows.event_row(event) for event in own_rows.rows_for(Event.objects.all())]
    return written(rows), rows


@pytest.mark.parametrize("number", [1, 3])
def test_rows_cost_the_same_whatever_their_number(number, django_assert_num_queries):
    for _ in range(number):
        make_event(venue=make_venue(), principles=[1])
    with django_assert_num_queries(3):
        rows = [own_rows.event_row(event) for event in own_rows.rows_for(Event.objects.all())]
    assert {row["main_language"] for row in rows} == {"nb"}


def written(rows):
    file = StringIO()
    writer = csv.DictWriter(file, own_rows.HEADER)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def test_an_export_comes_back_with_nothing_lost():
    full_event()
    make_event(state="draft", starts_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    table, rows = exported()
    Event.objects.all().delete()
    Venue.objects.all().delete()
    assert take(table) == {"made": 2}
    assert exported() == (table, rows)


def test_an_export_into_the_site_it_came_from_changes_nothing():
    full_event()
    table, rows = exported()
    assert (take(table), exported()) == ({"same": 1}, (table, rows))


def test_an_export_leaves_alone_what_was_made_here():
    make_event(title="Her")
    table, _ = exported()
    assert (take(table.replace("Her", "Der")), Event.objects.get().wording.title) == ({"kept": 1}, "Her")


def test_an_export_changes_what_it_once_brought():
    make_event(title="Her")
    table, _ = exported()
    Event.objects.all().delete()
    take(table)
    assert (take(table.replace("Her", "Der")), Event.objects.get().wording.title) == ({"changed": 1}, "Der")


@pytest.mark.parametrize(
    "value", ["", "x" * 400, "-1", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "/etc", "é\ud800"]
)
def test_an_export_that_was_spoilt_is_refused_or_taken_and_never_a_traceback(value):
    full_event()
    _, (row,) = exported()
    Event.objects.all().delete()
    for column in own_rows.HEADER:
        counts = take(written([{**row, "uid": str(uuid4()), column: value}]).encode("utf-8", "surrogatepass"))
        assert sum(counts.values()) == 1, column


def test_an_address_that_is_a_page_of_its_own_is_not_taken():
    full_event()
    _, (row,) = exported()
    take(written([{**row, "uid": str(uuid4()), "slug": "new"}]))
    assert not Event.objects.filter(slug="new").exists()


# The command


def test_a_dry_run_reports_all_and_stores_nothing(tmp_path):
    path, out = tmp_path / "events.csv", StringIO()
    path.write_text(meetups(), encoding="utf-8")
    call_command("import_events", str(path), "--dry-run", stdout=out)
    assert (Event.objects.count(), Venue.objects.count()) == (0, 0)
    head, first = out.getvalue().splitlines()[:2]
    assert (head.split(), first) == (
        ["Result", "Row", "Why"],
        "made      2022-01-01 11:30 Månedlig kaffeprat, Kafé Eksempel",
    )
    assert out.getvalue().splitlines()[-2:] == [
        "28 made, 0 changed, 0 same, 0 kept, 0 refused",
        "Dry run: nothing was stored.",
    ]


def test_a_refused_row_is_exit_code_1_and_the_others_are_stored(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("title,start\nA,x\nB,2026-01-01 11:30", encoding="utf-8")
    with pytest.raises(CommandError, match="1 refused"):
        call_command("import_events", str(path), stdout=StringIO())
    assert Event.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"name;where\nA;B", b'title,start\n"' + b"x" * 200_000])
def test_what_is_no_table_is_refused_whole(tmp_path, content):
    path = tmp_path / "events.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="Nothing was stored"):
        call_command("import_events", str(path), stdout=StringIO())


def test_an_address_that_is_not_public_is_refused():
    with pytest.raises(CommandError, match="isn’t on the public internet"):
        call_command("import_events", "http://169.254.169.254/latest.ics", stdout=StringIO())


def test_rsvps_stay_as_they_are():
    take("id,title,start\n7,A,2026-12-01 11:30", publish=True)
    rsvp = make_rsvp(event=Event.objects.get())
    take("id,title,start\n7,B,2026-12-01 11:30", publish=True)
    rsvp.refresh_from_db()
    assert (rsvp.status, rsvp.event.wording.title) == ("going", "B")
