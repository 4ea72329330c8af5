"""The demo’s unconferences: one whose cards, posters and sessions can be read, one for which sessions are pitched."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from facilitation.models import (
    Activity,
    Board,
    Card,
    Group,
    RetroItem,
    Round,
    Session,
    SessionNote,
    SheetLine,
    Takeaway,
)

from . import texts

CLOSED_AFTER = timedelta(minutes=20)
SESSION_LASTS = timedelta(minutes=60)
ROUND_LASTS = timedelta(minutes=8)


def load(events, calendar):
    for plan in texts.toml("hall")["day"]:
        event = events[plan["event"]]
        day = Day(plan, _board(plan, event, calendar))
        day.lay()


def _board(plan, event, calendar):
    is_over = event.ends_at < calendar.moment
    closed = {"phase": "closed", "closed_at": event.ends_at + CLOSED_AFTER, "sealed_at": event.ends_at + CLOSED_AFTER}
    opened = event.starts_at if is_over else calendar.moment - timedelta(days=2)
    return Board.objects.create(
        at_event=event, code=plan["code"], language=plan["language"], opened_at=opened, **(closed if is_over else {})
    )


class Day:
    """One unconference while it is loaded."""

    def __init__(self, plan, board):
        self.plan, self.board = plan, board

    def lay(self):
        for part, lay in (("cards", self._cards), ("groups", self._groups), ("sessions", self._sessions)):
            if part in self.plan:
                lay(self.plan[part])
        RetroItem.objects.bulk_create(
            RetroItem(board=self.board, kind=kind, client_id=self._id(kind, number), text=text)
            for kind in ("plus", "delta")
            for number, text in enumerate(self.plan.get(kind, []))
        )

    def _activity(self, kind, *, first_step, hours, **fields):
        at = self.board.opened_at + timedelta(hours=hours)
        end = {"step": Activity.CLOSED, "closed_at": self.board.closed_at} if self.board.is_closed else {}
        made = self.board.activities.create(
            kind=kind, client_id=self._id(kind, 0), opened_at=at, **{"step": first_step, **fields, **end}
        )
        if not self.board.is_closed:
            self.board.activity = made
            self.board.save(update_fields=["activity"])
        return made

    def _cards(self, plan):
        activity = self._activity("25-10", first_step="write", hours=0, question=plan["question"])
        Card.objects.bulk_create(
            Card(activity=activity, client_id=self._id("card", number), text=card["text"], paper_total=card["sum"])
            for number, card in enumerate(plan["card"])
        )

    def _groups(self, plan):
        activity = self._activity(
            "1-3-9", first_step="alone", hours=1, question=plan["question"], sizes=plan["sizes"], minutes="2-6-10"
        )
        for number, poster in enumerate(plan["poster"], start=1):
            group = Group.objects.create(activity=activity, level=2, number=number, whereabouts=poster["where"])
            for place, text in enumerate(poster["line"]):
                SheetLine.objects.create(
                    activity=activity, group=group, client_id=self._id(f"line-{number}", place), text=text
                )

    def _sessions(self, plan):
        activity = self._activity("sessions", first_step="pitch", hours=2)
        rooms = [activity.rooms.create(name=name, position=place) for place, name in enumerate(plan["room"])]
        slots = [
            activity.slots.create(starts_at=at, ends_at=at + SESSION_LASTS) for at in map(self._at, plan["time"])
        ]
        for number, told in enumerate(plan["session"]):
            room, time = told.get("place", (0, 0))
            session = Session.objects.create(
                activity=activity,
                client_id=self._id("session", number),
                room=rooms[room - 1] if room else None,
                slot=slots[time - 1] if time else None,
                **{name: told[name] for name in ("title", "what_for", "host_name", "agreed") if name in told},
            )
            SessionNote.objects.bulk_create(
                SessionNote(session=session, client_id=self._id(f"note-{number}", place), text=text)
                for place, text in enumerate(told.get("note", []))
            )
            if "board" in told:
                self._board_of(session, told["board"])

    def _board_of(self, session, plan):
        """A board of the session's own, where each topic was talked about for one round; as closed as the day's."""
        same = {
            name: getattr(self.board, name) for name in ("language", "phase", "opened_at", "closed_at", "sealed_at")
        }
        board = Board.objects.create(session=session, code=plan["code"], **same)
        at = session.slot.starts_at
        for position, (text, takeaway) in enumerate(plan["topic"]):
            topic = board.topics.create(
                client_id=self._id("own-topic", position),
                text=text,
                position=position,
                state="done",
                room_dots=3 - position,
            )
            Round.objects.create(
                topic=topic, number=1, started_at=at, ends_at=at + ROUND_LASTS, result=Round.Result.MOVE_ON
            )
            Takeaway.objects.create(topic=topic, client_id=self._id("own-takeaway", position), text=takeaway)
            at += ROUND_LASTS

    def _at(self, clock):
        time = datetime.strptime(clock, "%H:%M").time()
        return self.board.event.local_start.replace(hour=time.hour, minute=time.minute)

    def _id(self, kind, number):
        return uuid5(NAMESPACE_URL, f"{self.board.code}/{kind}/{number}")
