"""Who comes and who waits, as a table that a spreadsheet opens with a double click. No addresses."""

import csv
import io

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from chapter.languages import current
from chapter.transfer import tables

# What Excel takes for UTF-8; and it parts columns by what the country does: a comma is a decimal sign in the Nordic ones.
MARK = "\ufeff"
COMMA, SEMICOLON = ",", ";"


def table_of(event) -> str:
    file = io.StringIO(newline="")
    rows = csv.writer(file, delimiter=COMMA if current() == "en" else SEMICOLON)
    rows.writerow([_("Name"), pgettext("rsvp", "Status"), pgettext("rsvp", "Signed up at"), _("Attendance")])
    people = event.rsvps.holding().in_list_order().with_shown_name()
    rows.writerows(_row(rsvp, event.zone) for rsvp in people)
    return MARK + file.getvalue()


def _row(rsvp, zone):
    # A moment as every spreadsheet reads it, on the event's clock.
    joined = rsvp.queued_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    cells = (rsvp.shown_name, rsvp.get_status_display(), joined, rsvp.get_attendance_display())
    return [tables.safe(str(cell)) for cell in cells]
