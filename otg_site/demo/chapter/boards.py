"""The demo's Lean Coffee boards: one that is over, and one with a few notes where nobody leads yet."""

from datetime import timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from facilitation.models import Board, BoardPledge, Participant, RetroItem, Round, Takeaway, Topic

from . import texts

# Since the start of the meetup; of one that is to come, since people began to write on its board.
NOTES_AFTER = timedelta(minutes=6)
TALK_AFTER = timedelta(minutes=20)
RETRO_AFTER = timedelta(minutes=54)
OPEN_SINCE = timedelta(hours=6)
# The facilitator closed it some time after the end.
CLOSED_AFTER = timedelta(minutes=30)


class Table(NamedTuple):
    """A board while it is loaded: its texts, its row, participants by number, and its start."""

    plan: dict
    board: Board
    people: dict
    began: object

    def client_id(self, kind, number):
        return uuid5(NAMESPACE_URL, f"{self.board.code}/{kind}/{number}")


def load(events, pledged, calendar):
    """Store the boards; `pledged` are (texts, row) of the microactions."""
    for plan in texts.toml("boards")["board"]:
        table = _table(plan, events[plan["event"]], calendar)
        _lay(table)
        _add_pledges(table, pledged)


def _table(plan, event, calendar):
    is_over = event.ends_at < calendar.moment
    began = event.starts_at if is_over else calendar.moment - OPEN_SINCE
    board = Board(
        at_event=event,
        opened_at=began,
        **{name: plan[name] for name in ("code", "language", "pace", "phase", "dots_each") if name in plan},
    )
    if is_over:
        board.closed_at = board.sealed_at = min(event.ends_at + CLOSED_AFTER, calendar.moment)
    board.save()
    return Table(plan, board, _seated(plan["person"], board, began), began)


def _seated(plans, board, began):
    people = [
        Participant(board=board, number=number, joined_at=began + timedelta(minutes=number), **plan)
        for number, plan in enumerate(plans, start=1)
    ]
    Participant.objects.bulk_create(people)
    return {person.number: person for person in people}


def _lay(table):
    notes, rounds, takeaways = _topics(table), [], []
    for plan, topic in notes:
        rounds += _rounds(table, plan, topic, begin=rounds[-1].ends_at if rounds else table.began + TALK_AFTER)
        takeaways += _takeaways(table, plan, topic, rounds)
    Round.objects.bulk_create(rounds)
    Takeaway.objects.bulk_create(takeaways)
    retro = _retro(table)
    RetroItem.objects.bulk_create(retro)
    _finish(table.board, table.people, changes=len(notes) + len(rounds) + len(takeaways) + len(retro))


def _finish(board, people, *, changes):
    board.version = board.phase_version = 1 + len(people) + changes
    board.leader = next((person for person in people.values() if person.is_organiser), None)
    board.save(update_fields=["version", "phase_version", "leader"])


# Notes


def _topics(table):
    """(texts, row) of each note; variants come after the notes they were merged into."""
    plans = [(plan, None) for plan in table.plan["topic"]]
    plans += [(variant, plan) for plan, _ in plans for variant in plan.get("variant", [])]
    rows = [_topic(table, plan, position) for position, (plan, _) in enumerate(plans, start=1)]
    Topic.objects.bulk_create(rows)
    found = {id(plan): row for (plan, _), row in zip(plans, rows, strict=True)}
    variants = [(found[id(plan)], found[id(into)]) for plan, into in plans if into]
    for variant, topic in variants:
        variant.merged_into = topic
    Topic.objects.bulk_update([variant for variant, _ in variants], ["merged_into"])
    return [(plan, row) for (plan, _), row in zip(plans, rows, strict=True)]


def _topic(table, plan, position):
    return Topic(
        board=table.board,
        author=table.people[plan["by"]],
        client_id=table.client_id("note", position),
        **{name: plan[name] for name in ("text", "detail", "show_nickname") if name in plan},
        state=Topic.State.DONE if "round" in plan else Topic.State.WAITING,
        position=position,
        sealed_dots=plan.get("dots", 0),
        created_at=table.began + NOTES_AFTER + timedelta(seconds=25 * position),
    )


# The talk


def _rounds(table, plan, topic, *, begin):
    rounds = []
    for number, told in enumerate(plan.get("round", []), start=1):
        rounds.append(_round(topic, told, number, begin, timedelta(minutes=table.board.minutes_of_round(number))))
        begin = rounds[-1].ends_at
    return rounds


def _round(topic, told, number, begin, time):
    up, side, down = told["thumbs"]
    overruled = told.get("overruled", False)
    goes_on = (up > down) is not overruled
    return Round(
        topic=topic,
        number=number,
        started_at=begin,
        ends_at=begin + time,
        up=up,
        side=side,
        down=down,
        result=Round.Result.CONTINUE if goes_on else Round.Result.MOVE_ON,
        overruled=overruled,
    )


def _takeaways(table, plan, topic, rounds):
    return [
        Takeaway(
            topic=topic,
            author=table.people[note["by"]],
            client_id=table.client_id(f"note-{topic.position}", number),
            text=note["text"],
            created_at=_talk_of(topic, rounds) + timedelta(minutes=number),
        )
        for number, note in enumerate(plan.get("note", []), start=1)
    ]


def _talk_of(topic, rounds):
    return next(round.started_at for round in rounds if round.topic is topic)


# What is left at the end


def _retro(table):
    said = [(kind, text) for kind in ("plus", "delta") for text in table.plan.get(kind, [])]
    return [
        RetroItem(
            board=table.board,
            kind=kind,
            client_id=table.client_id(kind, number),
            text=text,
            created_at=table.began + RETRO_AFTER + timedelta(seconds=20 * number),
        )
        for number, (kind, text) in enumerate(said)
    ]


def _add_pledges(table, pledged):
    BoardPledge.objects.bulk_create(
        BoardPledge(
            board=table.board,
            participant=table.people[plan["seat"]],
            microaction=microaction,
            client_id=table.client_id("microaction", plan["seat"]),
            in_summary=plan.get("in_summary", False),
        )
        for plan, microaction in pledged
        if "seat" in plan and microaction.event_id == table.board.at_event_id
    )
