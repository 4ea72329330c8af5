"""A board's facts for a summary: numbers and lines, never who wrote or wanted what."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from facilitation.models import Board, RetroItem, Round, Takeaway

from .words import fitting, in_words, listed, quoted

# Characters for each list, all together less than a post may hold. Lines beyond are only counted.
ROOM = {"topics": 7_000, "not_reached": 3_500, "plus": 2_500, "delta": 2_500}
ROOM_DISCUSSED, LEAST_DISCUSSED = 24_000, 2_000
# Sentences about single topics in the section "method".
MAX_SENTENCES = 5


class Lines(NamedTuple):
    """Quoted lines, and how many were left out."""

    lines: list
    more: int = 0


class Merged(NamedTuple):
    title: str
    variants: str


class Continued(NamedTuple):
    """How often a topic got more time: the number, for the plural, and in words."""

    title: str
    count: int
    times: str


def board_facts(board, *, taken=0):
    """Context for the templates of a summary, in the active language; `taken` characters are used by other parts."""
    topics = _topics(board)
    talked = [topic for topic in topics if topic.rounds.all()]
    return {
        "board": board,
        "by_dots": any(topic.dots for topic in topics) and not board.totals_are_hidden,
        "topics": _fitting("topics", [topic.text for topic in topics]),
        "steps": _steps(board, topics, talked),
        "merged": _merged(topics),
        "minutes": [in_words(number) for number in Board.MINUTES[board.pace]] if talked else [],
        "continued_by_thumbs": _continued(talked, overruled=False),
        "continued_by_leader": _continued(talked, overruled=True),
        "discussed": _discussed(topics, max(LEAST_DISCUSSED, ROOM_DISCUSSED - taken)),
        "not_reached": _fitting("not_reached", [topic.text for topic in topics if _was_not_reached(topic)]),
        "plus": _fitting("plus", _retro(board, RetroItem.Kind.PLUS)),
        "delta": _fitting("delta", _retro(board, RetroItem.Kind.DELTA)),
    }


def talked_about(board, room) -> list[str]:
    """A line for each topic of a session's board that was talked about, with its takeaways, within so many characters."""
    talked = [topic for topic in _topics(board) if topic.rounds.all()]
    notes = _takeaways(talked)
    lines = [_in_one_line(quoted(topic.text), notes.get(topic.pk, [])) for topic in talked]
    return fitting(lines, characters=room)[0]


def _in_one_line(title, notes):
    sentences = [note if note.endswith((".", "!", "?", "…")) else f"{note}." for note in notes]
    return f"{title}: {' '.join(sentences)}" if notes else title


def _topics(board):
    # What the board still hides, a summary does not tell either.
    if board.notes_are_hidden:
        return []
    standing = board.topics.standing().for_board()
    return list(standing.with_dots().in_pitch_order() if board.totals_are_hidden else standing.in_queue_order())


def _fitting(key, texts):
    return Lines(*fitting([quoted(text) for text in texts], characters=ROOM[key]))


def _steps(board, topics, talked):
    # An enumeration that follows "We": "wrote five notes, gave them dots …".
    notes = sum(1 + len(topic.variants.all()) for topic in topics)
    steps = [
        notes and ngettext("wrote one note", "wrote %(number)s notes", notes) % {"number": in_words(notes)},
        any(topic.dots for topic in topics) and _("gave them dots"),
        talked
        and ngettext("talked about one topic", "talked about %(number)s topics", len(talked))
        % {"number": in_words(len(talked))},
        board.pledges.exists() and _("wrote microactions"),
        board.retro_items.exists() and _("looked back with plus and delta"),
    ]
    took_place = [step for step in steps if step]
    return listed(took_place) if took_place else ""


def _merged(topics):
    # A topic counts as one of its variants.
    found = [(topic, len(topic.variants.all())) for topic in topics]
    return [Merged(quoted(topic.text), in_words(1 + others)) for topic, others in found if others][:MAX_SENTENCES]


def _continued(topics, *, overruled):
    counted = [(topic, _extensions(topic, overruled=overruled)) for topic in topics]
    told = [Continued(quoted(topic.text), count, in_words(count)) for topic, count in counted if count]
    return told[:MAX_SENTENCES]


def _extensions(topic, *, overruled):
    rounds = topic.rounds.all()
    return sum(one.result == Round.Result.CONTINUE and one.overruled == overruled for one in rounds)


def _was_not_reached(topic):
    return (topic.is_waiting or topic.is_parked) and not topic.rounds.all()


def _discussed(topics, room):
    """(topic, takeaways) of each topic that has some, within so many characters, and how many were left out."""
    notes = _takeaways(topics)
    found, more = [], 0
    for topic in topics:
        title = quoted(topic.text)
        lines, left = fitting(notes.get(topic.pk, []), characters=max(0, room - len(title)))
        room = 0 if left else room - len(title) - sum(map(len, lines))
        more += left
        if lines:
            found.append((title, lines))
    return Lines(found, more)


def _takeaways(topics):
    # {topic: quoted lines}; takeaways of a variant belong to the topic that it was merged into.
    home = {variant.pk: topic.pk for topic in topics for variant in topic.variants.all()}
    home |= {topic.pk: topic.pk for topic in topics}
    found = {}
    for note in Takeaway.objects.shown().filter(topic__in=home):
        found.setdefault(home[note.topic_id], []).append(quoted(note.text))
    return found


def _retro(board, kind):
    return board.retro_items.filter(kind=kind).values_list("text", flat=True)
