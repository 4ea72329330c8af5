"""What can be done at a board: each verb of `…/do/<verb>/` with the form that it reads and what it calls."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from chapter.languages import current
from chapter.refusals import Refused
from microactions.pledges import limit_mailbox

from ..table import (
    boards,
    dots,
    forms,
    joining,
    lead_forms,
    leading,
    own_meetup,
    phases,
    pledging,
    retro,
    takeaways,
    talk,
    topics,
)

OK, LATE, BAD = 200, 409, 422
LEVELS = {OK: "ok", LATE: "late", BAD: "error"}


@dataclass(frozen=True)
class At:
    """Who does something, and where."""

    board: Any
    me: Any
    request: Any

    @property
    def member(self):
        user = self.request.user
        return user if user.is_authenticated else None


class Act(NamedTuple):
    form: type
    # (At, cleaned data or the form) -> a sentence for the person, a row that was made, or None
    do: Any


class Sent(NamedTuple):
    """What became of a form that was sent: the form itself is drawn again unless it was taken."""

    verb: str
    form: Any
    status: int = OK
    message: str = ""
    # The row that was made, when its person must be shown something about it.
    made: Any = None

    @property
    def level(self):
        return LEVELS[self.status]

    @property
    def key(self):
        """What the form was about, where a page has several of its kind: "topic" or "takeaway" and a number, or a kind."""
        data = self.form.data
        return next((data[name] for name in ("takeaway", "topic", "kind") if data.get(name)), "")

    @property
    def words(self):
        """What was typed, so that it is not lost where its form has gone."""
        return self.form.data.get("text") or self.form.data.get("what") or ""

    def is_about(self, verb, key=""):
        return self.status != OK and self.verb == verb and (not key or str(self.key) == str(key))


def send(verb, at):
    """Do what the request asks; whatever is refused comes back as a sentence, with the form that was sent."""
    act = ACTS[verb]
    form = act.form(at.request.POST, board=at.board, auto_id=f"{verb}_%s")
    if not form.is_valid():
        return Sent(verb, form, BAD, _first_error(form))
    try:
        result = act.do(at, form)
    except ValidationError as error:
        form.add_error(*_where(error, form))
        return Sent(verb, form, BAD, _first_error(form))
    except Refused as refusal:
        return Sent(verb, form, LATE, str(refusal))
    return Sent(verb, form, OK, "" if isinstance(result, Model) else result or "", made=result)


def _first_error(form):
    """A hidden field has no place on the page for its error, so that the sentence above the form says it."""
    errors = [error for name in form.errors for error in form.errors[name]]
    return " ".join(dict.fromkeys(errors)) or _("Please look at the form again.")


def _where(error, form):
    """For `add_error`: the error at its own fields, if the form has them, else above the form."""
    at_fields = hasattr(error, "error_dict") and set(error.error_dict) <= set(form.fields)
    return None, error if at_fields else error.messages


def _on_board(verb):
    return lambda at, form: verb(at.board, by=at.me, **form.cleaned_data) and None


def _on(name, verb):
    """`verb` for the row that the form's field `name` found."""

    def do(at, form):
        data = dict(form.cleaned_data)
        verb(data.pop(name), by=at.me, **data)

    return do


# Those that need more than their form


def _rename(at, form):
    joining.rename(at.me, **form.cleaned_data)
    return _("Saved.")


def _room_dots(at, form):
    for topic, number in form.changed():
        dots.place_for_room(topic, by=at.me, count=number)
    return _("The dots are stored.")


def _pitch(at, form):
    topics.pitch(at.board, by=at.me, **form.cleaned_data)


def _count(at, form):
    talk.count(
        form.cleaned_data["round"],
        by=at.me,
        room=form.room(),
        decision=form.cleaned_data["decision"] or None,
    )


def _retro(at, form):
    retro.add(at.board, **form.cleaned_data)


def _settings(at, form):
    boards.change_settings(at.board, by=at.me, **form.settings())
    return _("Saved.")


def _pledge(at, form):
    if form.cleaned_data["email"]:
        limit_mailbox(form.cleaned_data["email"])
    return pledging.pledge(at.board, by=at.me, member=at.member, language=current(), **form.cleaned_data)


def _own_meetup(at, form):
    own_meetup.draft_own_meetup(form.cleaned_data["topic"], by=at.me, member=at.member)
    return _("A draft of a meetup about this is among the organisers’ events.")


ACTS = {
    # Oneself
    "name": Act(forms.NameForm, _rename),
    "ready": Act(forms.ReadyForm, _on_board(joining.set_ready)),
    # Notes
    "note": Act(forms.NoteForm, _on_board(topics.write)),
    "note-edit": Act(forms.NoteEditForm, _on("topic", topics.edit)),
    "note-withdraw": Act(forms.TopicForm, _on("topic", topics.withdraw)),
    "pitch": Act(lead_forms.PitchForm, _pitch),
    "merge": Act(lead_forms.MergeForm, _on("topic", topics.merge)),
    "unmerge": Act(forms.TopicForm, _on("topic", topics.unmerge)),
    # Dots
    "dots": Act(forms.DotsForm, _on("topic", dots.place)),
    "dots-room": Act(lead_forms.RoomDotsForm, _room_dots),
    # Talk
    "start": Act(lead_forms.StartForm, _on("topic", talk.start)),
    "pause": Act(forms.RoundForm, _on("round", talk.pause)),
    "resume": Act(forms.RoundForm, _on("round", talk.resume)),
    "ask-now": Act(forms.RoundForm, _on("round", talk.ask_now)),
    "thumb": Act(forms.ThumbForm, _on("round", talk.thumb)),
    "count": Act(lead_forms.CountForm, _count),
    "park": Act(forms.TopicForm, _on("topic", talk.park)),
    "finish": Act(forms.TopicForm, _on("topic", talk.finish)),
    "tie": Act(lead_forms.TieForm, _on("topic", talk.reorder_tie)),
    "own-meetup": Act(forms.TopicForm, _own_meetup),
    "takeaway": Act(forms.TakeawayForm, _on("topic", takeaways.note)),
    "takeaway-other": Act(forms.OtherTakeawayForm, _on("topic", takeaways.note)),
    "takeaway-edit": Act(forms.TakeawayEditForm, _on("takeaway", takeaways.edit)),
    "takeaway-remove": Act(forms.TakeawayRowForm, _on("takeaway", takeaways.remove)),
    "takeaway-hide": Act(forms.TakeawayRowForm, _on("takeaway", takeaways.hide)),
    # What each takes home, and what all leave
    "pledge": Act(forms.PledgeForm, _pledge),
    "retro": Act(forms.RetroForm, _retro),
    "retro-remove": Act(lead_forms.RetroRowForm, _on("item", retro.remove)),
    # Leading
    "go": Act(lead_forms.GoForm, _on_board(phases.go)),
    "settings": Act(lead_forms.SettingsForm, _settings),
    "take-over": Act(lead_forms.SeenLeaderForm, _on_board(leading.take_over)),
    "reclaim": Act(lead_forms.EmptyForm, _on_board(leading.reclaim)),
    "give-back": Act(lead_forms.EmptyForm, _on_board(leading.give_back)),
    "hand-over": Act(lead_forms.ToForm, _on_board(leading.hand_over)),
    "dismiss-notice": Act(lead_forms.EmptyForm, _on_board(leading.dismiss_notice)),
    "remove": Act(lead_forms.ParticipantForm, _on_board(joining.remove)),
}
