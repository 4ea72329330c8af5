"""What can be done at a board: each verb of `…/do/<verb>/` with its form, what it calls and what it says afterwards."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chapter.languages import current
from chapter.refusals import Refused

from .. import activities
from ..activities import Act, on_row
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


class Sent(NamedTuple):
    """What became of a form. Unless it was taken it is drawn again, as it was sent."""

    verb: str
    form: Any
    status: int = OK
    message: str = ""
    made: Any = None

    @property
    def level(self):
        return LEVELS[self.status]

    @property
    def key(self):
        """What the form was about, where a page has several of its kind: the number of a row, or a kind."""
        data = self.form.data
        names = ("takeaway", "topic", "line", "session", "slot", "room", "kind", "activity")
        return next((data[name] for name in names if data.get(name)), "")

    @property
    def words(self):
        # What was typed, shown again where its form is not on the page any more.
        return self.form.data.get("text") or self.form.data.get("what") or self.form.data.get("title") or ""

    def is_about(self, verb, key=""):
        return self.status != OK and self.verb == verb and (not key or str(self.key) == str(key))


def send(verb, data, *, board, by, member) -> Sent:
    """Do what `data` asks of the board. A refusal is no exception here: it comes back as a sentence with its form.

    `by` is the participant; `member` is the account that is signed in, or None.
    """
    act = find(verb)
    form = act.form(data, board=board, auto_id=f"{verb}_%s")
    if not form.is_valid():
        return Sent(verb, form, BAD, _errors(form))
    try:
        made = act.do(form, by=by, member=member)
    except ValidationError as error:
        # At its own fields if the form has them, else above the form.
        at_fields = hasattr(error, "error_dict") and set(error.error_dict) <= set(form.fields)
        form.add_error(None, error if at_fields else error.messages)
        return Sent(verb, form, BAD, _errors(form))
    except Refused as refusal:
        return Sent(verb, form, LATE, str(refusal))
    return Sent(verb, form, OK, str(act.message), made)


def find(verb) -> Act | None:
    """An act of the board, or of a kind of activities."""
    return ACTS.get(verb) or next((kind.acts[verb] for kind in activities.kinds() if verb in kind.acts), None)


def _errors(form):
    # Also those of hidden fields, which have no place of their own on the page.
    errors = [error for name in form.errors for error in form.errors[name]]
    return " ".join(dict.fromkeys(errors)) or gettext(
        "The form has errors. Correct the marked fields and send it again."
    )


def _on_board(verb):
    def do(form, *, by, member):
        verb(form.board, by=by, **form.cleaned_data)

    return do


# Those that need more than their form's fields


def _rename(form, *, by, member):
    joining.rename(by, **form.cleaned_data)


def _room_dots(form, *, by, member):
    for topic, number in form.changed():
        dots.place_for_room(topic, by=by, count=number)


def _count(form, *, by, member):
    data = form.cleaned_data
    talk.count(data["round"], by=by, room=form.room(), decision=data["decision"] or None)


def _retro(form, *, by, member):
    retro.add(form.board, **form.cleaned_data)


def _settings(form, *, by, member):
    boards.change_settings(form.board, by=by, **form.settings())


def _pledge(form, *, by, member):
    return pledging.pledge(form.board, by=by, member=member, language=current(), **form.cleaned_data)


def _own_meetup(form, *, by, member):
    own_meetup.draft_own_meetup(form.cleaned_data["topic"], member=member)


def _take_over(form, *, by, member):
    leading.take_over(form.board, by=by, member=member, **form.cleaned_data)


def _reclaim(form, *, by, member):
    leading.reclaim(form.board, by=by, member=member)


def _show(form, *, by, member):
    activities.actions.show(form.board, by=by, **form.cleaned_data)


ACTS = {
    # The participant
    "name": Act(forms.NameForm, _rename, _("Saved.")),
    "ready": Act(forms.ReadyForm, _on_board(joining.set_ready)),
    # Notes
    "note": Act(forms.NoteForm, _on_board(topics.write)),
    "note-edit": Act(forms.NoteEditForm, on_row("topic", topics.edit)),
    "note-withdraw": Act(forms.TopicForm, on_row("topic", topics.withdraw)),
    "pitch": Act(lead_forms.PitchForm, _on_board(topics.pitch)),
    "merge": Act(lead_forms.MergeForm, on_row("topic", topics.merge)),
    "unmerge": Act(forms.TopicForm, on_row("topic", topics.unmerge)),
    # Dots
    "dots": Act(forms.DotsForm, on_row("topic", dots.place)),
    "dots-room": Act(lead_forms.RoomDotsForm, _room_dots, _("The dots are saved.")),
    # Talk
    "start": Act(lead_forms.StartForm, on_row("topic", talk.start)),
    "pause": Act(forms.RoundForm, on_row("round", talk.pause)),
    "resume": Act(forms.RoundForm, on_row("round", talk.resume)),
    "ask-now": Act(forms.RoundForm, on_row("round", talk.ask_now)),
    "thumb": Act(forms.ThumbForm, on_row("round", talk.thumb)),
    "count": Act(lead_forms.CountForm, _count),
    "park": Act(forms.TopicForm, on_row("topic", talk.park)),
    "finish": Act(forms.TopicForm, on_row("topic", talk.finish)),
    "tie": Act(lead_forms.TieForm, on_row("topic", talk.reorder_tie)),
    "own-meetup": Act(
        forms.TopicForm, _own_meetup, _("A draft for a meetup about this is now among the organisers’ events.")
    ),
    "takeaway": Act(forms.TakeawayForm, on_row("topic", takeaways.note)),
    "takeaway-other": Act(forms.OtherTakeawayForm, on_row("topic", takeaways.note)),
    "takeaway-edit": Act(forms.TakeawayEditForm, on_row("takeaway", takeaways.edit)),
    "takeaway-remove": Act(forms.TakeawayRowForm, on_row("takeaway", takeaways.remove)),
    "takeaway-hide": Act(forms.TakeawayRowForm, on_row("takeaway", takeaways.hide)),
    # What each takes home, and what all leave
    "pledge": Act(forms.PledgeForm, _pledge),
    "pair": Act(
        lead_forms.EmptyForm,
        _on_board(pledging.pair_everyone),
        _("Everyone who could be paired has a buddy now, and sees it on their phone."),
    ),
    "retro": Act(forms.RetroForm, _retro),
    "retro-remove": Act(lead_forms.RetroRowForm, on_row("item", retro.remove)),
    # Leading
    "go": Act(lead_forms.GoForm, _on_board(phases.go)),
    "settings": Act(lead_forms.SettingsForm, _settings, _("Saved.")),
    "take-over": Act(lead_forms.SeenLeaderForm, _take_over),
    "reclaim": Act(lead_forms.EmptyForm, _reclaim),
    "give-back": Act(lead_forms.EmptyForm, _on_board(leading.give_back)),
    "hand-over": Act(lead_forms.ToForm, _on_board(leading.hand_over)),
    "dismiss-notice": Act(lead_forms.EmptyForm, _on_board(leading.dismiss_notice)),
    # Activities
    "show": Act(activities.forms.ShowForm, _show),
    "close-activity": Act(activities.forms.ActivityForm, on_row("activity", activities.actions.close)),
    "remove": Act(lead_forms.ParticipantForm, _on_board(joining.remove)),
}
