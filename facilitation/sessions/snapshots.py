"""Sessions as everybody sees them: the grid, what is on now and next, and the page of one session."""

import re
from collections import defaultdict
from functools import cached_property

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from ..activities import ActivitySnapshot
from ..models import Session, SessionDot
from . import steps

GRID = "sessions"
PAGE_NUMBER = re.compile("[1-9][0-9]{0,9}")
# Added to the end of a time, so that it is over when it is drawn.
GRACE_SECONDS = 0.05
# Seconds after which the number of dots is counted again while many place theirs.
COUNT_AGAIN = 4


class SessionsSnapshot(ActivitySnapshot):
    """All sessions of a board; four queries."""

    def __init__(self, board, activity, people):
        super().__init__(board, activity, people)
        rows = activity.sessions.standing().with_dots().select_related("room", "slot").order_by("id")
        self.sessions = list(rows)
        self.rooms, self.slots = list(activity.rooms.all()), list(activity.slots.all())
        self.dots_placed = SessionDot.objects.filter(activity=activity).count() if self.is_dots else 0
        self.moment_drawn = timezone.now()

    @property
    def is_pitch(self):
        return self.activity.step == steps.PITCH

    @property
    def is_dots(self):
        return self.activity.step == steps.DOTS

    @property
    def is_plan(self):
        return self.activity.step == steps.PLAN

    @property
    def is_day(self):
        return self.activity.step == steps.DAY

    @property
    def totals_are_hidden(self):
        # Sums of dots would sway those who have not placed theirs.
        return self.is_pitch or self.is_dots

    @property
    def facts(self):
        # Where a session is, is not among them: a phone compares that itself with what it shows of its own plan.
        return [] if self.is_pitch else [(session.pk, session.title) for session in self.sessions]

    @property
    def address(self):
        return reverse("board_sessions", args=[self.board.code]) if self.at else super().address

    @property
    def status(self):
        if self.is_dots:
            return ngettext("%(number)s dot placed", "%(number)s dots placed", self.dots_placed) % {
                "number": self.dots_placed
            }
        number = len(self.sessions)
        return ngettext("%(number)s session", "%(number)s sessions", number) % {"number": number}

    @property
    def look_again(self):
        if self.is_dots:
            return COUNT_AGAIN
        if not (self.is_day or self.is_plan):
            return None
        turns = [at for slot in self.slots for at in (slot.starts_at, slot.ends_at) if at > self.moment_drawn]
        return (min(turns) - self.moment_drawn).total_seconds() + GRACE_SECONDS if turns else None

    @cached_property
    def grid(self):
        """[(slot, [session])], in the order of time and of rooms."""
        there = defaultdict(list)
        for session in self.sessions:
            if session.is_placed:
                there[session.slot_id].append(session)
        return [
            (slot, sorted(there[slot.pk], key=lambda session: (session.room.position, session.pk)))
            for slot in self.slots
        ]

    @cached_property
    def waiting(self):
        """Those without a place; once the sums are shown, the most wanted first."""
        rows = [session for session in self.sessions if not session.is_placed]
        return rows if self.totals_are_hidden else sorted(rows, key=lambda session: (-session.dots, session.pk))

    @property
    def on_now(self):
        return [
            (slot, sessions) for slot, sessions in self.grid if slot.starts_at <= self.moment_drawn < slot.ends_at
        ]

    @property
    def on_next(self):
        coming = [(slot, sessions) for slot, sessions in self.grid if slot.starts_at > self.moment_drawn]
        return coming[:1]

    @property
    def is_over(self):
        return bool(self.slots) and all(slot.ends_at <= self.moment_drawn for slot in self.slots)

    @property
    def has_several_days(self):
        return _is_on_another_day(self.board.event, self.slots)


class SessionSnapshot(ActivitySnapshot):
    """One session: where and when, its notes, and what was agreed; three queries."""

    stage = "facilitation/sessions/session/_stage.html"
    lists = "facilitation/sessions/session/_lists.html"
    mine = "facilitation/sessions/session/_mine.html"
    is_led = False

    def __init__(self, board, activity, people, session):
        super().__init__(board, activity, people)
        self.session = session
        self.notes = list(session.notes.filter(is_hidden=False))

    @property
    def has_several_days(self):
        return _is_on_another_day(self.board.event, [self.session.slot] if self.session.slot else [])

    @property
    def facts(self):
        return [self.session.sequence, hasattr(self.session, "board")]

    @property
    def marks(self):
        # A new line concerns the own part of hosts alone, who may hide it.
        return {"notes": self.last_note}

    @property
    def last_note(self):
        return max((note.pk for note in self.notes), default=0)

    @property
    def address(self):
        return reverse("board_session", args=[self.board.code, self.session.pk])

    @property
    def say(self):
        return "facilitation/sessions/session/_say.html"

    @property
    def title(self):
        return self.session.title


def _is_on_another_day(event, slots):
    # The date is told where it is not clear which day it is.
    day = event.local_start.date()
    return any(slot.starts_at.astimezone(event.zone).date() != day for slot in slots)


def beside(board, at, people):
    """The page `sessions` of a board, or `sessions-<number>` of one of them; None where there is none."""
    name, _, number = at.partition("-")
    if name != GRID:
        return None
    if not number:
        activity = steps.of_board(board)
        found = activity and SessionsSnapshot(board, activity, people)
    else:
        found = number.isdecimal() and len(number) < 12 and _one(board, int(number), people)
    if not found:
        return None
    found.at = at
    return found


# What the page of a session shows.
_SHOWN = (
    "sequence", "agreed_version", "room__name", "slot__starts_at", "slot__ends_at", "activity__step", "board__phase",
    "activity__board__leader", "activity__board__led_before", "activity__board__role_locked",
    "activity__board__one_device",
)  # fmt: skip


def page_marks(board_id, at="") -> dict:
    """{page: a mark of what it shows} of the sessions of a board, or of one page; one query."""
    rows = Session.objects.standing().filter(activity__board=board_id)
    number = at.removeprefix(f"{GRID}-")
    if at:
        # In its one way of writing, so that nobody has the same page drawn under a hundred names.
        rows = rows.filter(pk=int(number) if PAGE_NUMBER.fullmatch(number) else 0)
    shown = Q(notes__is_hidden=False)
    rows = rows.annotate(lines=Count("notes", filter=shown), last=Max("notes", filter=shown))
    return {f"{GRID}-{pk}": facts for pk, *facts in rows.values_list("pk", *_SHOWN, "lines", "last")}


def _one(board, pk, people):
    sessions = Session.objects.standing().filter(activity__board=board)
    session = sessions.select_related("activity", "room", "slot", "board").filter(pk=pk).first()
    return session and SessionSnapshot(board, session.activity, people, session)
