"""Who comes, waits and came in the demo."""

from datetime import timedelta
from itertools import islice

from events.models import Rsvp

from .people import Guest, guests

Status, Attendance = Rsvp.Status, Rsvp.Attendance
# One answer every so many hours since the event was announced: all within the ten days before today.
HOURS_BETWEEN = 5
# After so long the site itself has forgotten who a guest was.
FORGOTTEN_AFTER = timedelta(days=60)
ONE_IN_MEMBERS_COMES = 3
# Who may see the name of each in turn: most people choose nothing.
SHOWN_TO = (Rsvp.ShownTo.EVERYONE, Rsvp.ShownTo.NO_ONE, Rsvp.ShownTo.GOING, Rsvp.ShownTo.NO_ONE)
# For every so many who come, one more stays away.
CAME_PER_ABSENT = 7


def load(events, members, calendar):
    """Store the RSVPs, never more going than there are seats."""
    visitors = guests()
    rows = []
    for plan, event in events.coming:
        rows += _coming(plan, event, members, visitors, calendar)
    for number, (plan, event) in enumerate(events.been):
        rows += _been(plan, event, number, members, visitors, calendar)
    Rsvp.objects.bulk_create(rows)


def _coming(plan, event, members, visitors, calendar):
    going = [members[key] for key in plan.get("going", [])] + list(islice(visitors, plan.get("guests", 0)))
    waiting = [members[key] if key else next(visitors) for key in plan.get("waiting", [])]
    gone = list(islice(visitors, plan.get("cancelled", 0)))
    answers = [(who, Status.CANCELLED) for who in gone]
    answers += [(who, Status.GOING) for who in going] + [(who, Status.WAITLISTED) for who in waiting]
    rows = [_row(event, who, status, place) for place, (who, status) in enumerate(answers)]
    for place, row in enumerate(rows):
        row.shown_to = SHOWN_TO[place % len(SHOWN_TO)]
    return rows + _pending(event, islice(visitors, plan.get("pending", 0)), calendar)


def _pending(event, unconfirmed, calendar):
    rows = [_row(event, who, Status.PENDING, place) for place, who in enumerate(unconfirmed)]
    for hours, row in enumerate(rows, start=1):
        row.queued_at, row.created_at = None, calendar.moment - timedelta(hours=hours)
    return rows


def _been(plan, event, number, members, visitors, calendar):
    """Hosts, named members, every third member, and guests; most came, one or two cancelled."""
    regulars = [members[key] for key in plan["hosts"] + plan.get("with", [])]
    regulars += [m for n, m in enumerate(members.values()) if not (n + number) % ONE_IN_MEMBERS_COMES]
    regulars = list(dict.fromkeys(regulars))
    came = plan.get("came", 6 + number * 5 % 8)
    absent = came // CAME_PER_ABSENT
    people = regulars + list(islice(visitors, max(0, came + absent - len(regulars))))
    rows = [_row(event, who, Status.GOING, place) for place, who in enumerate(people)]
    _note_attendance(rows, came=came)
    _leave_guests_in_peace(rows)
    rows += [_row(event, who, Status.CANCELLED, place) for place, who in enumerate(islice(visitors, number % 3))]
    if calendar.moment - event.ends_at > FORGOTTEN_AFTER:
        _forget_guests(rows)
    return rows


def _note_attendance(rows, *, came):
    for place, row in enumerate(rows):
        row.attendance = Attendance.CAME if place < came else Attendance.NO_SHOW


# Follow-up mails go to members alone: more would fill the demo's mailbox.
def _leave_guests_in_peace(rows):
    for row in rows:
        row.wants_reminders = row.member is not None


def _forget_guests(rows):
    for row in rows:
        row.name = row.email = ""


def _row(event, who, status, place):
    """The RSVP of a member or guest, the `place`th since the event was announced."""
    answered_at = event.published_at or event.changed_at
    answered_at += timedelta(hours=HOURS_BETWEEN * place, minutes=17 * place % 60)
    person = {"name": who.name, "email": who.email} if isinstance(who, Guest) else {"member": who}
    return Rsvp(
        event=event,
        **person,
        language=who.language,
        status=status,
        queued_at=answered_at,
        created_at=answered_at,
    )
