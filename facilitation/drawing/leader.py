"""What the leader sees beside the rest: one next step, and all other controls."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ..activities import Step
from ..models import Board, Round, Topic
from ..table import SETTINGS, forms, lead_forms, phases, pledging, topics

Phase = Board.Phase
# A button on a phone has room for so many characters of a topic.
LABEL_LENGTH = 50
MOST_PEOPLE = 100


def context(now, me, form) -> dict:
    # Of a hall those who joined last: all of it would be most of a megabyte, drawn anew with each change.
    latest = list(now.board.participants.order_by("-number")[:MOST_PEOPLE])
    common = {"people": latest[::-1], "most_people": MOST_PEOPLE if now.people > MOST_PEOPLE else 0}
    of_now = now.kind.lead if now.activity else _lean_coffee
    return common | of_now(now, me, form)


def _lean_coffee(now, me, form):
    board = now.board
    settings = {name: getattr(board, name) for name in SETTINGS}
    return {
        "next_step": next_step(now),
        "onward_step": onward_step(now),
        "back_step": _back(board),
        "phase_choices": [choice for choice in Phase.choices if choice[0] != board.phase],
        "settings_form": form(lead_forms.SettingsForm, "settings", **settings),
        **(_OF_PHASE[board.phase](now, me, form) if board.phase in _OF_PHASE else {}),
    }


def next_step(now) -> Step:
    return _NEXT.get(now.board.phase, _forward)(now)


def onward_step(now) -> Step | None:
    """The way to the next phase where the next step stays in this one: notes and topics may be left over."""
    return None if next_step(now).verb == "go" else _forward(now)


def _forward(now):
    if now.board.is_closed:
        return _go(now.board, Phase.RETRO, _("Open the board again"))
    following = phases.after(now.board.phase)
    labels = {
        Phase.PITCH: _("Turn the notes over"),
        Phase.DOTS: _("On to the dots"),
        Phase.TALK: _("On to the talk"),
        Phase.MICROACTION: _("On to the microactions"),
        Phase.RETRO: _("On to plus and delta"),
        Phase.CLOSED: _("Close the board"),
    }
    return _go(now.board, following, labels[following])


def _back(board):
    earlier = phases.before(board.phase)
    if earlier is None or board.is_closed:
        return None
    return _go(board, earlier, _("Back: %(phase)s") % {"phase": Phase(earlier).label})


def _go(board, to_phase, label):
    return Step("go", label, {"from_phase": board.phase, "to_phase": str(to_phase), "version": board.version})


def _pitch_step(now):
    board, following = now.board, topics.next_to_pitch(now.board)
    if following is None:
        return _forward(now)
    label = _("Next note") if board.pitching_id else _("Begin with the first note")
    return Step("pitch", label, {"topic": following.pk, "seen": board.pitching_id or ""})


def _talk_step(now):
    # What the topic on the table needs, else the first one in the queue, else a parked one.
    if now.round:
        return _round_step(now)
    waiting = now.queue or [topic for topic in now.over if topic.is_parked]
    if now.talking is None and waiting:
        topic = waiting[0]
        label = _("Start: %(topic)s") % {"topic": Truncator(topic.text).chars(LABEL_LENGTH)}
        return Step("start", label, {"topic": topic.pk, "seen_talking": ""})
    return _forward(now)


def _round_step(now):
    fields = {"round": now.round.pk}
    if now.is_voting:
        return Step("count", _("Count the thumbs"), fields)
    if now.round.is_paused:
        return Step("resume", _("Continue"), fields)
    return Step("ask-now", _("Ask for the thumbs now"), fields)


_NEXT = {Phase.PITCH: _pitch_step, Phase.TALK: _talk_step}


# Controls of one phase


def _notes(now, me, form):
    # The leader may edit, withdraw and merge all notes; `now` has none while they are hidden.
    board = now.board
    for topic in (topic for topic in now.topics if topic.author_id != me.pk):
        words = {"text": topic.text, "detail": topic.detail, "topic": topic.pk}
        topic.form = form(forms.NoteEditForm, "note-edit", topic.pk, **words)
    earlier = [topic for topic in now.topics if board.pitching and topic.position < board.pitching.position]
    back = earlier[-1] if earlier else None
    begun = set(Round.objects.filter(topic__board=board).values_list("topic", flat=True))
    return {
        "mergeable": [topic for topic in now.topics if topic.is_waiting and topic.pk not in begun],
        "pitch_back": board.phase == Phase.PITCH and back and {"topic": back.pk, "seen": board.pitching_id},
    }


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


def _microaction(now, me, form):
    return {"wanting": pledging.wanting(now.board).count()}


def _own_meetups(now):
    # Also those whose meetup has been drafted, to link to it.
    often = [topic for topic in now.topics if topic.deserves_own_meetup]
    return list(Topic.objects.filter(pk__in=[topic.pk for topic in often]).select_related("own_event"))


_OF_PHASE = {
    Phase.GATHER: _notes,
    Phase.PITCH: _notes,
    Phase.DOTS: _dots,
    Phase.TALK: _talk,
    Phase.MICROACTION: _microaction,
}
