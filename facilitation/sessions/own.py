"""What one person sees of the sessions: their dots, their own plan, and for hosts the forms to lay the grid."""

from collections import defaultdict

from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from chapter.text import dates

from ..activities import Step
from ..models import SESSION_DOTS, Session, SessionDot, SessionStar
from . import forms, steps


def own(request, now, me, form):
    """Context of `_mine`; `now` is a SessionsSnapshot or the SessionSnapshot of one page."""
    hosts = not now.activity.is_closed and steps.is_host(now.board, me, request.user)
    if not now.is_led:
        return {"edits": hosts, **_of_one(now, me, form, hosts=hosts)}
    starred = set(_keys(SessionStar, me, session__activity=now.activity))
    for session in now.sessions:
        session.is_starred = session.pk in starred
    context = {
        "edits": hosts,
        "plan": _plan(now),
        "mine": _pitched(now, me, form),
        "pitch_form": _pitch(now, me, form),
    }
    if now.is_dots:
        context |= _dots(now, me)
    return context | (_host(now, form) if hosts else {})


def _keys(model, me, **filters):
    return model.objects.filter(participant=me, **filters).values_list("session", flat=True)


def _pitch(now, me, form):
    for_room = now.board.one_device and now.board.leader_id == me.pk
    return form(forms.PitchForm, "session-pitch", activity=now.activity.pk, for_room=for_room)


def _pitched(now, me, form):
    mine = [session for session in now.sessions if session.pitcher_id == me.pk]
    for session in mine:
        session.edit_form = _edit(session, form)
    return mine


def _edit(session, form):
    words = {name: getattr(session, name) for name in ("title", "what_for", "host_name")}
    return form(forms.EditForm, "session-edit", session.pk, session=session.pk, **words)


def _dots(now, me):
    dotted = set(_keys(SessionDot, me, activity=now.activity))
    for session in now.sessions:
        session.has_dot = session.pk in dotted
    return {"dots_left": SESSION_DOTS - len(dotted), "dots_each": SESSION_DOTS}


def _plan(now):
    """The starred ones in the order of time, each with the others of them at the same time."""
    chosen = [session for session in now.sessions if session.is_starred]
    starts = {slot.pk: number for number, slot in enumerate(now.slots)}
    chosen.sort(key=lambda session: (starts.get(session.slot_id, len(starts)), session.pk))
    for session in chosen:
        session.beside = [
            other
            for other in chosen
            if other is not session and session.is_placed and other.is_placed and other.slot_id == session.slot_id
        ]
    return chosen


# For the hosts


def _host(now, form):
    activity = now.activity.pk
    last = now.slots[-1] if now.slots else None
    context = {
        "rooms_form": form(forms.RoomsForm, "session-rooms", activity=activity),
        "slot_form": form(forms.SlotForm, "session-slot", activity=activity, **_after(last, now.board.event)),
        "clashes": clashes(now.sessions),
        "withdrawn": list(now.activity.sessions.filter(is_withdrawn=True).order_by("id")),
    }
    for slot in now.slots:
        slot.form = form(
            forms.MoveSlotForm, "session-slot-move", slot.pk, slot=slot.pk, **_times(slot, now.board.event)
        )
    for room in now.rooms:
        room.form = form(forms.RenameRoomForm, "session-room-rename", room.pk, room=room.pk, name=room.name)
    if not now.totals_are_hidden:
        _offer_all_places(now, form)
    if now.is_dots and now.board.one_device:
        context["room_dots_form"] = form(forms.RoomDotsForm, "session-dots-room", activity=activity)
    return context


def _offer_all_places(now, form):
    slots = _options(_("No time"), [(slot.pk, _time(now, slot)) for slot in now.slots])
    rooms = _options(_("No room"), [(room.pk, room.name) for room in now.rooms])
    for session in now.sessions:
        _offer_places(session, form(forms.PlaceForm, "session-place", session.pk), slots, rooms)


def _options(none, rows):
    # Written once for all sessions: a hall has 75 of them, times 15 options.
    return format_html_join("", '<option value="{}">{}</option>', [("", none), *rows])


def _time(now, slot):
    start, end = (at.astimezone(now.board.event.zone) for at in (slot.starts_at, slot.ends_at))
    day = f"{dates.written(start, 'l')} " if now.has_several_days else ""
    return f"{day}{dates.clock(start)}–{dates.clock(end)}"


def _offer_places(session, form, slots, rooms):
    # A refused form shows what was chosen.
    session.place_form = form
    chosen = [form["slot"].value(), form["room"].value()] if form.is_bound else [session.slot_id, session.room_id]
    session.slot_options, session.room_options = (
        _chosen(options, pk) for options, pk in zip((slots, rooms), chosen, strict=True)
    )


def _chosen(options, pk):
    value = f'value="{int(pk)}"' if str(pk).isdecimal() else 'value=""'
    return mark_safe(options.replace(value, f"{value} selected", 1))  # noqa: S308


def clashes(sessions) -> list[list[Session]]:
    """Sessions at the same time that one person has pitched, or whose shown name is the same."""
    found = defaultdict(list)
    for session in sessions:
        if not session.is_placed:
            continue
        keys = {("person", session.pitcher_id), ("name", session.host_name.casefold())} - {
            ("person", None),
            ("name", ""),
        }
        for key in keys:
            found[session.slot_id, key].append(session)
    several = [rows for rows in found.values() if len(rows) > 1]
    # The same two by their person and by the name are one clash.
    return list({tuple(row.pk for row in rows): rows for rows in several}.values())


def _times(slot, event):
    start, end = (at.astimezone(event.zone) for at in (slot.starts_at, slot.ends_at))
    return {"day": start.date().isoformat(), "starts": start.time(), "ends": end.time()}


def _after(last, event):
    if last is None:
        return {"starts": event.local_start.time()}
    start, end = (at.astimezone(event.zone) for at in (last.starts_at, last.ends_at))
    following = end + (end - start)
    ends = {"ends": following.time()} if following.date() == end.date() else {}
    return {"day": end.date().isoformat(), "starts": end.time(), **ends}


# One session


def _of_one(now, me, form, *, hosts):
    session = now.session
    session.is_starred = SessionStar.objects.filter(session=session, participant=me).exists()
    return {
        "note_form": form(forms.NoteForm, "session-note", session.pk, session=session.pk),
        "my_notes": [note for note in now.notes if note.author_id == me.pk],
        "edit_form": _edit(session, form) if hosts or session.pitcher_id == me.pk else None,
        "may_open_board": not hasattr(session, "board") and (hosts or session.pitcher_id == me.pk),
    }


# Who leads


def lead(now, me, form):
    step = now.activity.step
    if now.activity.is_closed:
        return {"next_step": Step("show", _("Back to the Lean Coffee"), {}) if not now.at else None}
    here = steps.ORDER.index(step)
    return {
        "next_step": _go(now, steps.ORDER[here + 1]) if step != steps.DAY else None,
        "back_step": _back(now, steps.ORDER[here - 1]) if here else None,
        "skip_step": _go(now, steps.PLAN, _("Skip the dots")) if step == steps.PITCH else None,
    }


def _go(now, to, label=""):
    labels = {
        steps.DOTS: _("On to the dots"),
        steps.PLAN: _("Count the dots, lay the grid"),
        steps.DAY: _("The grid is laid: begin"),
    }
    fields = {"activity": now.activity.pk, "step": now.activity.step, "number": now.activity.number, "to": to}
    return Step("session-go", label or labels[to], fields)


def _back(now, to):
    if now.is_day and to != steps.PLAN:
        return None
    return _go(now, to, _("Back: %(phase)s") % {"phase": dict(steps.STEPS)[to]})
