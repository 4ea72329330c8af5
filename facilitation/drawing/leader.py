"""What whoever leads has beside the rest: one next step, and all other controls."""

from typing import NamedTuple

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ..models import Board, Round, Topic
from ..table import SETTINGS, forms, lead_forms, phases, topics

Phase = Board.Phase
# A button on a phone has room for so many characters of a topic.
LABEL_LENGTH = 50


class Step(NamedTuple):
    """One button: the verb it does, what it says, and what it sends."""

    verb: str
    label: str
    fields: dict


def context(request, now, me, form):
    """For `lead/_lead.html`."""
    board = now.board
    settings = {name: getattr(board, name) for name in SETTINGS}
    return {
        "next_step": next_step(now),
        "back_step": _back(board),
        "phase_choices": [choice for choice in Phase.choices if choice[0] != board.phase],
        "people": list(board.participants.order_by("number")),
        "settings_form": form(lead_forms.SettingsForm, "settings", **settings),
        **_OF_PHASE.get(board.phase, _nothing)(now, me, form),
    }


def next_step(now):
    """The one thing that makes sense next."""
    return _NEXT.get(now.board.phase, _forward)(now)


def _forward(now):
    """To the phase after this one; a closed board can be opened once more."""
    if now.board.is_closed:
        return _go(now.board, Phase.RETRO, _("Open the board again"))
    following = phases.after(now.board.phase)
    return _go(now.board, following, _labels()[following])


def _back(board):
    earlier = phases.before(board.phase)
    if earlier is None or board.is_closed:
        return None
    return _go(board, earlier, _("Back: %(phase)s") % {"phase": Phase(earlier).label})


def _go(board, to_phase, label):
    return Step("go", label, {"from_phase": board.phase, "to_phase": str(to_phase), "version": board.version})


def _labels():
    return {
        Phase.PITCH: _("Turn the notes over"),
        Phase.DOTS: _("On to the dots"),
        Phase.TALK: _("On to the talk"),
        Phase.MICROACTION: _("On to the microactions"),
        Phase.RETRO: _("On to plus and delta"),
        Phase.CLOSED: _("Close the board"),
    }


def _pitch_step(now):
    """The next note, and after the last one the dots."""
    board, following = now.board, topics.next_to_pitch(now.board)
    if following is None:
        return _forward(now)
    label = _("Next note") if board.pitching_id else _("Begin with the first note")
    return Step("pitch", label, {"topic": following.pk, "seen": board.pitching_id or ""})


def _talk_step(now):
    """What the topic on the table needs, else the topic that is first in the queue."""
    if now.round:
        return _round_step(now)
    waiting = now.queue or [topic for topic in now.over if topic.is_parked]
    if now.talking is None and waiting:
        return _start(waiting[0], now.talking)
    return _forward(now)


def _round_step(now):
    fields = {"round": now.round.pk}
    if now.is_voting:
        return Step("count", _("Count the thumbs"), fields)
    if now.round.is_paused:
        return Step("resume", _("Go on"), fields)
    return Step("ask-now", _("Ask for the thumbs now"), fields)


def _start(topic, talking):
    label = _("Start: %(topic)s") % {"topic": Truncator(topic.text).chars(LABEL_LENGTH)}
    return Step("start", label, {"topic": topic.pk, "seen_talking": talking.pk if talking else ""})


_NEXT = {Phase.PITCH: _pitch_step, Phase.TALK: _talk_step}


# Controls of one phase


def _nothing(now, me, form):
    return {}


def _notes(now, me, form):
    """All notes may be reworded, taken down and merged by whoever leads; hidden ones only by their author."""
    board = now.board
    for topic in (topic for topic in now.topics if topic.author_id != me.pk):
        words = {"text": topic.text, "detail": topic.detail, "topic": topic.pk}
        topic.form = form(forms.NoteEditForm, "note-edit", topic.pk, **words)
    back = _before_pitched(now)
    begun = set(Round.objects.filter(topic__board=board).values_list("topic", flat=True))
    return {
        "mergeable": [topic for topic in now.topics if topic.is_waiting and topic.pk not in begun],
        "pitch_back": board.phase == Phase.PITCH and back and {"topic": back.pk, "seen": board.pitching_id},
    }


def _before_pitched(now):
    """The note before the one that is pitched, in the same order."""
    seen = [topic for topic in now.topics if now.board.pitching and topic.position < now.board.pitching.position]
    return seen[-1] if seen else None


def _dots(now, me, form):
    return {"room_dots_form": form(lead_forms.RoomDotsForm, "dots-room") if now.board.one_device else None}


def _talk(now, me, form):
    board = now.board
    startable = [topic for topic in now.topics if topic != now.talking]
    tied = [topic.dots for topic in now.queue]
    for topic in startable:
        topic.is_tied = topic.is_waiting and tied.count(topic.dots) > 1
    return {
        "startable": startable,
        "count_form": now.round and form(lead_forms.CountForm, "count", round=now.round.pk),
        "counts_room": board.one_device and now.is_voting,
        "own_meetups": _own_meetups(now),
        **_notes(now, me, form),
    }


def _own_meetups(now):
    """Topics that were continued so often that they deserve a meetup, whether it has been drafted or not."""
    often = [topic for topic in now.topics if topic.deserves_own_meetup]
    drafted = Topic.objects.filter(pk__in=[topic.pk for topic in often]).select_related("own_event")
    return list(drafted)


_OF_PHASE = {Phase.GATHER: _notes, Phase.PITCH: _notes, Phase.DOTS: _dots, Phase.TALK: _talk}
