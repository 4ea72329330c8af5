"""Stand-in until the calendars come."""

from icalendar import Calendar, Event


def event_ics(event, *, language):
    calendar, entry = Calendar(), Event()
    calendar.add("prodid", "-//One Team Gov//chapter//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    entry.add("uid", str(event.uid))
    entry.add("dtstamp", event.changed_at)
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", event.wording_in(language).title)
    calendar.add_component(entry)
    return calendar.to_ical()
