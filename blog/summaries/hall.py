"""What an unconference did beside its Lean Coffee: cards with their points, posters, sessions; never who wrote what."""

from django.utils.translation import gettext as _

from facilitation.models import Activity, Card, Group, Session

from .board import Lines, talked_about
from .words import fitting, in_words, listed, quoted

Kind = Activity.Kind
# Characters for each activity, all together less than a post may hold beside the rest of a board.
ROOM = 7_000
MAX_ACTIVITIES = 4


def activities_of(board) -> list[dict]:
    """Context for each activity that something came of, in the order of the day and the active language."""
    told = (_told(activity) for activity in board.activities.all())
    return [activity for activity in told if activity][:MAX_ACTIVITIES]


def length_of(activities) -> int:
    """About how many characters they take."""
    return sum(activity["length"] for activity in activities)


def _told(activity):
    found = _TELL[activity.kind](activity)
    return found and {
        "kind": activity.kind,
        "question": quoted(activity.question),
        "length": len(str(found)),
        **found,
    }


def _cards(activity):
    # Before the countdown is over, points are hidden from the room too.
    if activity.step not in ("result", Activity.CLOSED):
        return None
    cards = list(Card.objects.filter(activity=activity).standing().in_result_order())
    lines = [
        quoted(card.text) if card.points is None else f"{quoted(card.text)} ({card.points:.0f})" for card in cards
    ]
    return cards and {
        "cards": Lines(*fitting(lines, characters=ROOM)),
        "number": len(cards),
        "number_in_words": in_words(len(cards)),
    }


def _posters(activity):
    if activity.step not in ("gallery", Activity.CLOSED):
        return None
    posters = list(Group.objects.filter(activity=activity).posters())
    room, found = ROOM, []
    for group in posters:
        lines, _more = fitting([quoted(line.text) for line in group.lines.all()], characters=max(0, room))
        room -= sum(map(len, lines))
        name = f"{group.name} · {group.whereabouts}" if group.whereabouts else group.name
        found.append((quoted(name), lines))
    return found and {
        "posters": found,
        "number": len(found),
        "number_in_words": in_words(len(found)),
        "sizes": listed(
            [_("in groups of %(size)s") % {"size": in_words(int(size))} for size in activity.sizes.split("-")[1:]]
        ),
    }


def _sessions(activity):
    placed = Session.objects.filter(activity=activity).placed().for_grid()
    sessions = placed.select_related("board").prefetch_related("notes")
    room, found = ROOM, []
    for session in sessions:
        written = [quoted(note.text) for note in session.notes.all() if not note.is_hidden]
        notes, _more = fitting(written, characters=max(0, room))
        agreed = quoted(" ".join(session.agreed.split()))[: max(0, room)]
        room -= sum(map(len, notes)) + len(agreed)
        topics = talked_about(session.board, max(0, room)) if hasattr(session, "board") else []
        room -= sum(map(len, topics))
        found.append({"title": quoted(session.title), "notes": notes, "agreed": agreed, "topics": topics})
    return found and {"sessions": found, "number": len(found), "number_in_words": in_words(len(found))}


_TELL = {Kind.TWENTY_FIVE: _cards, Kind.ONE_THREE_NINE: _posters, Kind.SESSIONS: _sessions}
