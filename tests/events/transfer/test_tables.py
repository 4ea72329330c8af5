"""Tables as Google, Outlook, Excel and people write them."""

from datetime import UTC, datetime

import pytest
import time_machine

from chapter.transfer import foreign_tables
from chapter.transfer.importing import Report
from events.models import Event
from events.transfer import exporting, files
from tests.factories import make_event, make_venue

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GOOGLE = "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location,Private\n"
OUTLOOK = {
    "en": '"Subject","Start Date","Start Time","End Date","End Time","All day event","Sensitivity"',
    "nb": '"Emne","Startdato","Starttidspunkt","Sluttdato","Sluttidspunkt","Heldagshendelse","Følsomhet"',
    "sv": '"Ämne","Startdatum","Starttid","Slutdatum","Sluttid","Heldagshändelse","Känslighet"',
}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def take(content, **options):
    report = Report()
    files.import_file(content if isinstance(content, bytes) else content.encode(), report=report, **options)
    return report


def spans():
    events = Event.objects.order_by("starts_at")
    return [f"{event.local_start:%Y-%m-%d %H:%M}–{event.local_end:%d %H:%M}" for event in events]


def whole():
    return [
        (f"{event.local_start:%m-%d}", (event.ends_at - event.starts_at).days, event.is_whole_days)
        for event in Event.objects.all()
    ]


def test_googles_columns_are_read_and_its_private_rows_are_not():
    report = take(
        GOOGLE + "A,10/15/2026,11:30 AM,10/15/2026,1:30 PM,False,Text,Storstua,False\n"
        "B,10/22/2026,11:30 AM,10/22/2026,12:30 PM,False,Text,Storstua,True\n"
    )
    assert (spans(), report.counts["left out"]) == (["2026-10-15 11:30–15 13:30"], 1)


@pytest.mark.parametrize("said", ["True", "TRUE", "yes", "SANN", "1", "perhaps"])
def test_what_may_be_private_is_left_out(said):
    assert take(f"title,start,private\nA,2026-10-15 11:30,{said}\n").counts["left out"] == 1


@pytest.mark.parametrize("said", ["Private", "Privat", "Confidential", "Personlig"])
def test_outlooks_sensitivity_is_heeded(said):
    assert (
        take(f"title,start,Sensitivity\nA,2026-10-15 11:30,{said}\nB,2026-10-15 11:30,Normal\n").counts["made"] == 1
    )


@pytest.mark.parametrize(
    ("language", "day", "start"),
    [("en", "10/15/2026", "11:30:00 AM"), ("nb", "15.10.2026", "11:30:00"), ("sv", "2026-10-15", "11:30:00")],
)
def test_outlooks_columns_are_read_in_three_languages(language, day, start):
    end = start.replace("11:30", "12:15").replace("AM", "PM")
    take(f'{OUTLOOK[language]}\n"A","{day}","{start}","{day}","{end}","False","Normal"\n')
    assert spans() == ["2026-10-15 11:30–15 12:15"]


def test_a_whole_day_ends_with_its_last_day_in_google_and_with_midnight_in_outlook():
    take(GOOGLE + "A,10/15/2026,,10/16/2026,,True,,,False\n")
    take(OUTLOOK["en"] + '\n"B","10/22/2026","12:00:00 AM","10/24/2026","12:00:00 AM","True","Normal"\n')
    assert sorted(whole()) == [("10-15", 2, True), ("10-22", 2, True)]


def test_a_day_without_a_time_is_a_whole_day():
    take("title,date,last day\nA,15.10.2026,\nB,2026-11-01,2026-11-03\n")
    assert sorted(whole()) == [("10-15", 1, True), ("11-01", 3, True)]


def test_a_date_column_may_hold_the_time_too():
    take("Title,Start date\nA,2026-10-15 11:30\n")
    assert spans() == ["2026-10-15 11:30–15 12:30"]


@pytest.mark.parametrize("names", ["Dato;Tid;Til", "Event Date;Event Start Time;Event End Time", "Datum;Från;Till"])
def test_days_and_times_may_have_columns_of_their_own(names):
    take(f"Title;{names}\nA;2026-10-15;11:30;13:00\n")
    assert spans() == ["2026-10-15 11:30–15 13:00"]


def test_a_time_under_a_name_that_is_not_known_is_no_whole_day():
    with pytest.raises(
        foreign_tables.Unreadable, match="The column oppmøte seems to have times of day: call it start"
    ):
        take("Tittel;Dato;Oppmøte\nA;15.10.2026;11.30\n")


@pytest.mark.parametrize(
    ("start", "read"),
    [
        ("2026-12-31 6:30 PM", "2026-12-31 18:30"),
        ("2026-12-31 12:05 a.m.", "2026-12-31 00:05"),
        ("2026-12-31 12:05 pm", "2026-12-31 12:05"),
        ("31/12/26 11:30", "2026-12-31 11:30"),
        ("31. desember 2026 kl. 11.30", "2026-12-31 11:30"),
        ("31 dec. 2026 11:30", "2026-12-31 11:30"),
        ("torsdag 31. desember 2026 kl 11", "2026-12-31 11:00"),
        ("Dec 31, 2026 11:30 AM", "2026-12-31 11:30"),
        ("Thursday, December 31, 2026 11:30", "2026-12-31 11:30"),
    ],
)
def test_times_are_read_as_people_write_them(start, read):
    take(f"title;start\nA;{start}\n")
    assert [span[:16] for span in spans()] == [read]


@pytest.mark.parametrize("start", ["2026-12-31 13:30 PM", "2026-12-31 25:30", "31.13.2026 11:30", "31 foo 2026"])
def test_a_time_that_is_none_is_refused(start):
    assert take(f"title;start\nA;{start}\n").counts["refused"] == 1


# Day or month first


def test_one_day_beyond_the_twelfth_tells_for_its_column():
    report = take("title,start\nA,12/31/2026 11:30\nB,12/01/2026 11:30\n")
    assert [span[:10] for span in spans()] == ["2026-12-01", "2026-12-31"]
    assert report.notes == ["start: 12/31/2026 was read as 31 December 2026, with the month first."]


def test_and_for_the_other_columns_that_do_not_tell():
    take("title,start date,start,end date,end\nA,10/05/2026,11:30,10/15/2026,12:30\n")
    assert spans() == ["2026-10-05 11:30–15 12:30"]


def test_days_that_may_be_either_are_read_day_first_and_said():
    report = take("title,start\nA,10/05/2026 11:30\n")
    assert [span[:10] for span in spans()] == ["2026-05-10"]
    assert report.notes == [
        "start: 10/05/2026 was read as 10 May 2026, with the day first. No value tells which: --dates takes the other."
    ]
    Event.objects.all().delete()
    take("title,start\nB,10/05/2026 11:30\n", dates="month-first")
    assert [span[:10] for span in spans()] == ["2026-10-05"]


def test_half_days_beside_slashes_are_americas():
    take("title,start\nA,10/05/2026 11:30 AM\n")
    assert [span[:10] for span in spans()] == ["2026-10-05"]


def test_a_column_with_both_orders_is_refused():
    with pytest.raises(foreign_tables.Unreadable, match="day first and the month first: 31/12/2026 and 12/31/2026"):
        take("title,start\nA,12/31/2026 11:30\nB,31/12/2026 11:30\n")


def test_dots_have_the_day_first_whatever_slashes_say():
    take("title,start,last day\nA,05.10.2026 11:30,10/15/2026\n")
    assert [span[:10] for span in spans()] == ["2026-10-05"]


# The file


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;"])
def test_excels_own_first_line_names_the_separator(first):
    take(f"{first}\r\ntitle;start;description\r\nA;2026-10-15 11:30;a,b,c\r\n")
    assert Event.objects.get().wording.title == "A"


def test_a_header_with_commas_in_quotes_is_separated_by_semicolons():
    take('title;start;"a, b, c, d"\nA;2026-10-15 11:30;x\n')
    assert spans() == ["2026-10-15 11:30–15 12:30"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_letters_are_read_whatever_wrote_them(codec):
    report = take("title;start;place\nBlåbærgrøt på låven;2026-10-15 11:30;Møllegården\n".encode(codec))
    assert Event.objects.get().wording.title == "Blåbærgrøt på låven"
    assert len(report.notes) == (0 if codec.startswith("utf-8") else 1)


def test_a_row_with_more_cells_than_names_is_refused():
    report = take("title,start,description\nA,2026-10-15 11:30,Kaffe, te og kake\n")
    assert [row.reason for row in report.rows] == ["it has more cells than the first line: 'te og kake'"]


def test_a_table_without_rows_says_so():
    assert take("title,start\n").notes == ["This table has no rows."]


def test_names_that_are_none_of_ours_are_refused_with_those_that_are():
    with pytest.raises(
        foreign_tables.Unreadable, match=r"column called title .* called start or date .* It says: onderwerp"
    ):
        take("Onderwerp,Begindatum\nA,15-10-2026\n")


def test_a_description_is_as_it_was_typed_and_a_place_is_taken_apart():
    take(
        'title,start,description,location\nA,2026-10-15 11:30,"Program\n# 1 sted","Storstua, Bygata 6, 0181 Storby, Norge"\n'
    )
    event = Event.objects.get()
    assert event.wording.body_html.count("<br>") == 1
    assert (event.venue.name, event.venue.address, event.venue.city) == ("Storstua", "Bygata 6", "Storby")


def test_a_title_may_say_that_it_is_off():
    take("title,start\nAvlyst: Kaffe,2026-10-15 11:30\n")
    assert [(event.state, event.wording.title) for event in Event.objects.all()] == [("cancelled", "Kaffe")]


def test_another_id_makes_no_second_event():
    take("id,title,start\n1,A,2026-10-15 11:30\n")
    assert take("id,title,start\n2,A,2026-10-15 11:30\n").counts["same"] == 1


# And back


def test_the_table_for_other_calendars_says_what_we_have(tmp_path):
    make_event(title="Kaffe, te", starts_at=datetime(2026, 12, 1, 10, 30, tzinfo=UTC), venue=make_venue())
    make_event(title="Hele dager", starts_at=datetime(2026, 12, 1, 23, tzinfo=UTC), hours=48, is_whole_days=True)
    make_event(title="Avlyst", state="cancelled")
    exporting.export(tmp_path, drafts=False)
    content = (tmp_path / "events-google.csv").read_bytes()
    assert b"12/01/2026,11:30 AM,12/01/2026,12:30 PM,False" in content
    Event.objects.all().delete()
    take(content)
    assert spans() == ["2026-12-01 11:30–01 12:30", "2026-12-02 00:00–04 00:00"]
    assert [event.is_whole_days for event in Event.objects.order_by("starts_at")] == [False, True]


def test_what_is_postponed_says_so_and_what_is_online_too(tmp_path):
    make_event(title="Senere", state="postponed", online_url="https://meet.example.org/")
    exporting.export(tmp_path, drafts=False)
    content = (tmp_path / "events-google.csv").read_text("utf-8")
    assert ("\nUTSATT: Senere," in content, ",På nett," in content) == (True, True)
    assert take(content).counts["made"] == 0


@pytest.mark.parametrize("word", ["Postponed", "UTSATT", "Uppskjutet"])
def test_a_title_may_say_that_it_is_postponed(word):
    take(f"title,start\n{word}: A,2026-10-15 11:30\n", publish=True)
    assert [(event.wording.title, event.state) for event in Event.objects.all()] == [("A", "postponed")]


@pytest.mark.parametrize(("day", "is_whole"), [("20261015", True), ("2026-W42-4", True), ("20261015T113000", False)])
def test_a_day_without_hyphens_is_a_whole_day(day, is_whole):
    take(f"title,start\nA,{day}\n")
    assert [event.is_whole_days for event in Event.objects.all()] == [is_whole]


def test_a_year_of_four_digits_is_that_year():
    assert take("title,start\nA,0015-10-15 11:30\n").counts["refused"] == 1


def test_an_address_without_a_scheme_is_one():
    take("title,start,url\nA,2026-10-15 11:30,www.example.org/a\n")
    assert Event.objects.get().wording.source_url == "https://www.example.org/a"
