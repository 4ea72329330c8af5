"""Other people's calendars: letters, lines, lengths, and what is left out."""

from datetime import timedelta

import pytest

from events import reading

from .files import MONTHLY, WINDOW, calendar, event, read, starts


@pytest.mark.parametrize(
    ("lines", "hours"),
    [
        ("DTEND;TZID=Europe/Oslo:20260701T130000", 1.5),
        ("DURATION:PT2H", 2),
        ("", 1),
        ("DTEND;TZID=Europe/Oslo:20260701T100000", 1),
        ("DTEND;TZID=Europe/London:20260701T113000", 1),
        ("DTEND;TZID=TZID=Europe/Nowhere:20260701T130000", 1.5),
        ("DTEND:soon", 1),
        ("DURATION:long", 1),
    ],
)
def test_how_long_an_event_takes(lines, hours):
    (entry,) = read(event(lines)).entries
    assert (entry.end - entry.start, entry.is_whole_days) == (timedelta(hours=hours), False)


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ("", 1),
        ("DTEND;VALUE=DATE:20260701", 1),
        ("DTEND;VALUE=DATE:20260630", 1),
        ("DTEND;VALUE=DATE:20260704", 3),
        ("DTEND:20260702T110000Z", 2),
        ("DURATION:P2D", 2),
    ],
)
def test_whole_days_are_from_midnight_to_midnight(lines, days):
    (entry,) = read(event(lines, start="DTSTART;VALUE=DATE:20260701")).entries
    assert (entry.end - entry.start, entry.is_whole_days) == (timedelta(days=days), True)


def test_outlooks_midnight_to_midnight_is_a_whole_day_where_it_says_so():
    lines = ("DTEND;TZID=Europe/Oslo:20260702T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE")
    start = "DTSTART;TZID=Europe/Oslo:20260701T000000"
    marked, plain = read(event(*lines, start=start), event(lines[0], start=start, uid="b")).entries
    assert (marked.is_whole_days, plain.is_whole_days) == (True, False)


def test_texts_lose_their_escapes_and_their_folds():
    (entry,) = read("UID:a\nSUMMARY:Kaffe\\, te\nDESCRIPTION:En\\nto\\; tr\n e\nDTSTART:20260701T113000").entries
    assert (entry.title, entry.description) == ("Kaffe, te", "En\nto; tre")


def test_a_text_with_line_breaks_of_its_own_is_whole():
    (entry,) = read(
        event("DESCRIPTION:Program", "11.30 Velkommen", "Se: https://example.org/", "LOCATION:Kafé")
    ).entries
    assert (entry.description, entry.location) == ("Program\n11.30 Velkommen\nSe: https://example.org/", "Kafé")


@pytest.mark.parametrize("fold", [b"\r\n ", b"\n\t", b"\r\r\n ", b"\r "])
def test_a_letter_may_be_folded_in_two(fold):
    title = "Blåbær".encode()
    content = calendar(event()).replace(b"SUMMARY:A", b"SUMMARY:" + title[:3] + fold + title[3:])
    assert reading.read_calendar(content, **WINDOW).entries[0].title == "Blåbær"


@pytest.mark.parametrize(
    ("codec", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_letters_are_read_whatever_they_are_and_that_is_said(codec, note):
    content = calendar(event()).decode().replace("SUMMARY:A", "SUMMARY:Møte på låven").encode(codec)
    found = reading.read_calendar(content, **WINDOW)
    assert [entry.title for entry in found.entries] == ["Møte på låven"]
    assert found.notes == ([f"This file’s letters are {note}, not UTF-8."] if note else [])
    assert reading.is_calendar(content)


@pytest.mark.parametrize("said", ["PRIVATE", "confidential", "X-OURS", " Private "])
def test_what_is_not_public_is_left_out_and_said(said):
    found = read(event(f"CLASS:{said}"), event("CLASS:PUBLIC", uid="b"))
    assert ([entry.uid for entry in found.entries], found.left_out) == (
        ["b"],
        [("2026-07-01 A", "it is private there")],
    )


def test_a_private_series_is_private_with_its_changed_dates():
    moved = "UID:m\nSUMMARY:Moved\nRECURRENCE-ID;TZID=Europe/Oslo:20260319T113000\nDTSTART;TZID=Europe/Oslo:20260320T090000"
    found = read(MONTHLY + "\nCLASS:PRIVATE", moved)
    assert (found.entries, len(found.left_out)) == ([], 2)


def test_one_private_date_is_left_out_of_its_series():
    moved = "UID:m\nSUMMARY:Moved\nRECURRENCE-ID;TZID=Europe/Oslo:20260319T113000\nDTSTART;TZID=Europe/Oslo:20260320T090000"
    found = read(MONTHLY, moved + "\nCLASS:PRIVATE")
    assert (len(found.entries), found.left_out) == (11, [("2026-03-20 Moved", "it is private there")])


@pytest.mark.parametrize(
    ("title", "short", "is_off"),
    [
        ("Canceled: Kaffe", "Kaffe", True),
        ("CANCELLED - Kaffe", "Kaffe", True),
        ("Avlyst: Kaffe", "Kaffe", True),
        ("[Avlyst] Kaffe", "Kaffe", True),
        ("AVLYST! Kaffe", "Kaffe", True),
        ("Inställt: Fika", "Fika", True),
        ("Inställd – Fika", "Fika", True),
        ("AVLYST Kaffe", "Kaffe", True),
        ("Kaffe (avlyst)", "Kaffe", True),
        ("Kaffe - CANCELLED", "Kaffe", True),
        ("Avlyst kaffe", "Avlyst kaffe", False),
        ("Avlysning av Kaffe", "Avlysning av Kaffe", False),
        ("Cancelled culture", "Cancelled culture", False),
        ("Kaffe: avlyst?", "Kaffe: avlyst?", False),
    ],
)
def test_a_title_may_say_that_it_is_off(title, short, is_off):
    (entry,) = read(event().replace("SUMMARY:A", f"SUMMARY:{title}")).entries
    assert (entry.title, entry.is_cancelled) == (short, is_off)


def test_a_calendar_may_take_back_what_it_said():
    assert [entry.is_cancelled for entry in read(event(), head="METHOD:CANCEL").entries] == [True]


def test_two_events_under_one_uid_are_two():
    found = read(event(), event(start="DTSTART;TZID=Europe/Oslo:20260708T113000"))
    assert [entry.uid for entry in found.entries] == ["a 20260701T093000Z", "a 20260708T093000Z"]


def test_the_later_version_of_an_event_is_the_one_that_counts():
    later = event("SEQUENCE:2", start="DTSTART;TZID=Europe/Oslo:20260708T113000")
    found = read(later, event("SEQUENCE:1"))
    assert ([entry.start.day for entry in found.entries], len(found.left_out)) == ([8], 1)
    assert found.left_out[0][1] == "the file has a later version of it"


def test_the_same_event_twice_is_one_and_said():
    found = read(event(), event())
    assert (len(found.entries), len(found.left_out)) == (1, 1)


def test_every_event_of_the_file_is_read_or_counted():
    found = read(
        event(),
        event(uid="b", start="DTSTART:20110519T180000Z"),
        event(uid="c", start="DTSTART:20310519T180000Z"),
        event("CLASS:PRIVATE", uid="d"),
        event(uid="e", start="DTSTART:soon"),
        event("RRULE:FREQ=DAILY;COUNT=3", uid="f", start="DTSTART:20110519T180000Z"),
        "UID:g\nSUMMARY:G",
    )
    parts = (len(found.entries), found.before, found.after, len(found.left_out), len(found.troubles))
    assert (parts, found.found) == ((1, 2, 1, 1, 2), 7)


def test_a_series_that_began_before_the_window_is_said_to_be_cut():
    assert read("UID:m\nSUMMARY:A\nDTSTART:20200101T113000\nRRULE:FREQ=YEARLY").cut == 1


def test_tasks_are_said_to_be_left_out():
    content = calendar(event()).replace(b"END:VCALENDAR", b"BEGIN:VTODO\r\nSUMMARY:X\r\nEND:VTODO\r\nEND:VCALENDAR")
    assert reading.read_calendar(content, **WINDOW).notes == ["Left out: 1 tasks (VTODO)."]


def test_two_calendars_in_one_file_are_both_read_each_on_its_clock():
    first = calendar(event(start="DTSTART:20260701T113000"), head="X-WR-TIMEZONE:Europe/London")
    second = calendar(event(start="DTSTART:20260702T113000", uid="b"))
    found = reading.read_calendar(first + second, **WINDOW).entries
    assert [f"{entry.start:%d %H:%M}" for entry in found] == ["01 10:30", "02 09:30"]


@pytest.mark.parametrize(
    ("url", "link"),
    [("www.example.org", "https://www.example.org"), ("example.org/x", "https://example.org/x"), ("http://example.org/", "http://example.org/"), ("javascript:alert(1)", "javascript:alert(1)"), ("soon", "soon")],
)  # fmt: skip
def test_an_address_without_a_scheme_gets_one(url, link):
    assert read(event(f"URL:{url}")).entries[0].url == link


def test_an_entry_that_is_wrong_leaves_the_others():
    found = read("UID:a\nSUMMARY:A\nDTSTART:tomorrow", "UID:b\nSUMMARY:B", MONTHLY)
    assert (len(found.entries), [what for what, _ in found.troubles]) == (12, ["A", "B"])


def test_a_text_for_pages_serves_where_there_is_no_other():
    (entry,) = read(event("X-ALT-DESC;FMTTYPE=text/html:<p>Hei</p>")).entries
    assert (entry.description, entry.is_html) == ("<p>Hei</p>", True)


def test_what_is_over_before_the_window_is_not_among_the_starts():
    assert starts(event(start="DTSTART:20110701T113000")) == []


@pytest.mark.parametrize(
    "said",
    ["X-MICROSOFT-CDO-SENSITIVITY:PRIVATE", "X-CALENDARSERVER-ACCESS:CONFIDENTIAL", "X-MICROSOFT-SENSITIVITY:3"],
)
def test_other_signs_of_a_private_event_count_too(said):
    found = read(event(said))
    assert (found.entries, len(found.left_out)) == ([], 1)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Kaffe &#8211; kake &amp; te", "Kaffe – kake & te"),
        ("<b>Kaffe</b> n&aring;", "Kaffe nå"),
        ("R&D; Q&A", "R&D; Q&A"),
    ],
)
def test_a_title_written_for_a_page_is_read_as_words(written, title):
    assert [entry.title for entry in read(event().replace("SUMMARY:A", f"SUMMARY:{written}")).entries] == [title]


def test_a_changed_date_without_a_title_has_that_of_its_series():
    changed = "UID:a\nRECURRENCE-ID;TZID=Europe/Oslo:20260708T113000\nDTSTART;TZID=Europe/Oslo:20260709T090000"
    assert [entry.title for entry in read(event("RRULE:FREQ=WEEKLY;COUNT=2"), changed).entries] == ["A", "A"]


def test_a_whole_day_may_be_marked_in_utc():
    marked = event("DTEND:20260701T220000Z", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", start="DTSTART:20260630T220000Z")
    assert [entry.is_whole_days for entry in read(marked).entries] == [True]


def test_one_letter_of_windows_leaves_the_others_of_its_line():
    content = calendar(event().replace("SUMMARY:A", "SUMMARY:Møte på kafé")).replace("ø".encode(), b"\xf8")
    assert reading.read_calendar(content, **WINDOW).entries[0].title == "Møte på kafé"
