"""What one participant sees beside the shared part: own notes, dots and thumb, and the forms to write with."""

from functools import partial

from chapter.models import acts_as_organiser
from chapter.panels import panels_for
from microactions import dates
from microactions.models import Makker
from microactions.pledges import ideas, kept

from ..models import Board, Takeaway, Thumb
from ..table import dots, forms, leading
from . import leader

Phase = Board.Phase
# In these phases a page without the script loads itself again; the others are for writing.
WATCHING = (Phase.PITCH, Phase.DOTS, Phase.TALK)


def context(request, now, me, *, sent=None) -> dict:
    """For `own/_mine.html`; `now` is the Snapshot, `sent` the form that this answers, `me` None for a reader."""
    board = now.board
    form = partial(_form, board, sent)
    leads = me is not None and board.leader_id == me.pk and now.is_led
    common = {"board": board, "now": now, "me": me, "leads": leads, "sent": sent}
    common["panels"] = panels_for("board", board, request)
    if me is None:
        return common
    common |= _role(board, me, request.user) | {
        "kept": _kept(request, board, me, sent),
        "for_room": leads and board.one_device,
    }
    common["name_form"] = form(forms.NameForm, "name", nickname=me.nickname, name_in_summary=me.name_in_summary)
    common["idea"] = ideas.find(request.GET.get("idea", ""))
    if now.activity:
        common |= now.kind.own(request, now, me, form)
    else:
        common |= OF_PHASE[board.phase](now, me, form)
        _start_from_idea(common)
    return common | (leader.context(now, me, form) if leads else {})


def is_writing(now, me) -> bool:
    # A page that loaded itself again would take away what somebody types.
    board = now.board
    if now.activity:
        return not now.activity.is_closed and now.activity.step not in now.kind.watching
    return not (board.phase in WATCHING or (board.phase == Phase.GATHER and me.is_ready))


def _form(board, sent, form_class, verb, key="", **initial):
    """The form as it was sent if it was refused, else a fresh one. `key` tells forms of the same kind apart."""
    if sent and sent.is_about(verb, key):
        return sent.form
    return form_class(board=board, initial=initial, auto_id=f"{verb}-{key}_%s" if key else f"{verb}_%s")


def _role(board, me, user):
    was_led = board.led_before_id is not None
    return {
        "can_take_over": board.leader_id != me.pk and (not board.role_locked or acts_as_organiser(user)),
        "can_reclaim": leading.may_reclaim(board, me, user),
        "can_give_back": was_led and board.leader_id == me.pk,
    }


# Notes


def _own_notes(now, me, form):
    notes = list(now.board.topics.written_by(me).in_pitch_order().select_related("merged_into"))
    for note in notes:
        words = {"text": note.text, "detail": note.detail, "show_nickname": note.show_nickname, "topic": note.pk}
        note.form = form(forms.NoteEditForm, "note-edit", note.pk, **words)
    return notes


def _note_form(now, me, form):
    return form(forms.NoteForm, "note", for_room=_writes_for_room(now, me))


def _writes_for_room(now, me):
    return now.board.one_device and now.board.leader_id == me.pk


def _gather(now, me, form):
    return {"note_form": _note_form(now, me, form), "notes": _own_notes(now, me, form)}


# Dots


def _dots(now, me, form):
    # Each topic gets this person's dots, and the numbers that its two buttons send.
    placed = dots.mine(me)
    left = now.board.dots_each - sum(placed.values())
    for topic in now.topics:
        topic.mine = placed.get(topic.pk, 0)
        topic.less, topic.more = max(topic.mine - 1, 0), topic.mine + 1
    return {"dots_left": left, "note_form": _note_form(now, me, form)}


# Talk


def _talk(now, me, form):
    topic = now.talking
    for_room = _writes_for_room(now, me)
    return {
        "my_thumb": _my_thumb(now, me),
        "takeaway_form": topic and form(forms.TakeawayForm, "takeaway", topic.pk, topic=topic.pk, for_room=for_room),
        "other_form": form(forms.OtherTakeawayForm, "takeaway-other", for_room=for_room),
        "others": [one for one in now.topics if one != topic],
        "takeaways": _own_takeaways(now, me, form),
        "note_form": _note_form(now, me, form),
        "notes": _own_notes(now, me, form),
    }


def _my_thumb(now, me):
    if not now.is_voting:
        return None
    return Thumb.objects.filter(round=now.round, participant=me).values_list("way", flat=True).first()


def _own_takeaways(now, me, form):
    found = list(Takeaway.objects.shown().filter(topic__board=now.board, author=me).select_related("topic"))
    for takeaway in found:
        words = {"text": takeaway.text, "takeaway": takeaway.pk}
        takeaway.form = form(forms.TakeawayEditForm, "takeaway-edit", takeaway.pk, **words)
    return found


# What each takes home, and what all leave


def _microaction(now, me, form):
    start = {"due_on": dates.proposed_day(), "visibility": "me", "for_room": _writes_for_room(now, me)}
    return {"pledge_form": form(forms.PledgeForm, "pledge", **start), **_own_pledges(now, me)}


def _start_from_idea(context):
    # Prefill the pledge form from `?idea=key`.
    idea, form = context["idea"], context.get("pledge_form")
    if idea and form and not form.is_bound:
        form.initial["what"] = idea.what
        # A draft of its own: else the script would put back what was typed here before.
        form.fields["what"].widget.attrs["data-draft"] = f"idea-{idea.key}"


def _own_pledges(now, me, form=None):
    own = now.board.pledges.filter(participant=me).select_related("microaction__makker__member").order_by("pk")
    pledges = list(own)
    mine_of = dict(
        Makker.objects.filter(paired_with__in=[p.microaction_id for p in pledges]).values_list("paired_with", "token")
    )
    for pledge in pledges:
        # The way to what the buddy plans to do.
        pledge.buddy_token = mine_of.get(pledge.microaction_id, "")
    return {"pledges": pledges}


def _retro(now, me, form):
    return {f"{kind}_form": form(forms.RetroForm, "retro", kind, kind=kind) for kind in ("plus", "delta")}


OF_PHASE = {
    Phase.GATHER: _gather,
    Phase.PITCH: _gather,
    Phase.DOTS: _dots,
    Phase.TALK: _talk,
    Phase.MICROACTION: _microaction,
    Phase.RETRO: _retro,
    Phase.CLOSED: _own_pledges,
}


# The link to a microaction is shown right after it was written


def kept_mark(pledge, me) -> str:
    """For the address of the page that follows: lets it show the link to `me` alone."""
    return kept.mark("board", pledge.pk, me.pk)


def _kept(request, board, me, sent):
    is_new = sent and sent.verb == "pledge" and sent.made
    mark = kept_mark(sent.made, me) if is_new else request.GET.get("kept", "")
    pk, writer = kept.marked("board", mark) or (None, None)
    pledge = board.pledges.select_related("microaction").filter(pk=pk).first() if writer == me.pk else None
    if pledge:
        # The script sends it along when it asks for this part again.
        pledge.mark = mark
    return pledge
