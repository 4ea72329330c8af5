"""Sessions as calendar entries: one of them, or all that have a place."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from chapter.fields import clean_line, clean_text
from events import calendars

from ..models import Session


def ics(board, sessions, *, language, name="") -> bytes:
    """The calendar of these sessions, which have a place; the same bytes for the same rows. With `name`, a feed."""
    rows = [_Row(board, session) for session in sessions]
    with translation.override(language):
        return calendars.compose(rows, _entry, name=name)


def sessions_of(activity):
    return Session.objects.filter(activity=activity).placed().for_grid()


class _Row:
    """A session as a thing with a time and a zone."""

    def __init__(self, board, session):
        self.board, self.session = board, session
        self.time_zone = board.event.time_zone
        self.starts_at, self.ends_at = session.slot.starts_at, session.slot.ends_at
        self.local_start, self.local_end = (at.astimezone(board.event.zone) for at in (self.starts_at, self.ends_at))

    @property
    def pk(self):
        return self.session.pk


def _entry(row, *, has_rule):
    session, event = row.session, row.board.event
    page = settings.SITE_URL + reverse("board_session", args=[row.board.code, session.pk])
    where = [session.room.name, calendars.place_of(event)]
    about = [session.what_for, _("With %(name)s") % {"name": session.host_name} if session.host_name else "", page]
    return calendars.Entry(
        uid=str(session.uid),
        sequence=session.sequence,
        changed_at=session.changed_at,
        start=calendars.local_time(row.local_start, row.time_zone, has_rule=has_rule),
        end=calendars.local_time(row.local_end, row.time_zone, has_rule=has_rule),
        summary=clean_line(session.title),
        description=clean_text("\n\n".join(filter(None, about))),
        location=clean_line(", ".join(filter(None, where))),
        status="CONFIRMED",
        transp="OPAQUE",
        url=page,
    )
