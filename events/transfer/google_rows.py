"""Events as a table (CSV) that Google Calendar and Outlook import: their columns, American dates, the chapter's clock."""

from zoneinfo import ZoneInfo

from chapter.transfer import tables

from .. import calendars

HEADER = (
    *("Subject", "Start Date", "Start Time", "End Date", "End Time", "All Day Event", "Description", "Location"),
    "Private",
)
DAY, CLOCK = "%m/%d/%Y", "%I:%M %p"
MAX_DESCRIPTION = 2000


def google_row(event, *, zone: str, address: str) -> dict[str, str]:
    """{column: text}. Neither program reads a time zone there: the times are on the clock of `zone`."""
    text = event.wording
    about = text.body_text[:MAX_DESCRIPTION] if text else ""
    return {
        "Subject": calendars.summary_of(event),
        **(_days(event) if event.is_whole_days else _hours(event, ZoneInfo(zone))),
        "Description": "\n\n".join(filter(None, [event.state_reason, about, address])),
        "Location": calendars.place_of(event),
        "Private": "False",
    }


def _days(event):
    # Both take the end as the last day.
    days = {"Start Date": f"{event.local_start:{DAY}}", "End Date": f"{event.last_day:{DAY}}"}
    return {**days, "Start Time": "", "End Time": "", "All Day Event": "True"}


def _hours(event, zone):
    start, end = (moment.astimezone(zone) for moment in (event.starts_at, event.ends_at))
    days = {"Start Date": f"{start:{DAY}}", "End Date": f"{end:{DAY}}"}
    return {**days, "Start Time": f"{start:{CLOCK}}", "End Time": f"{end:{CLOCK}}", "All Day Event": "False"}


def write(path, events, *, zone, address_of) -> None:
    rows = (google_row(event, zone=zone, address=address_of(event)) for event in events)
    tables.write(path, HEADER, rows)
