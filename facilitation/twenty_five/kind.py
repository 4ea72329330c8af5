"""25/10 as a kind of activity: registered when the app is ready."""

from django.utils.translation import gettext_lazy as _

from ..activities import Act, Kind, register
from ..activities import forms as activity_forms
from ..models import Activity
from . import actions, drawing, forms, results, rounds
from .steps import LABELS, RESULT, REVEAL, ROUND


def _on(name, verb):
    """`verb` for the row that the form's field `name` found."""

    def do(form, *, by, member):
        data = dict(form.cleaned_data)
        return verb(data.pop(name), by=by, **data)

    return do


def _write_for_room(form, *, by, member):
    data = {**form.cleaned_data, "for_room": True}
    actions.write(data.pop("activity"), by=by, **data)


ACTS = {
    "card": Act(forms.CardForm, _on("activity", actions.write)),
    "card-room": Act(forms.CardForm, _write_for_room),
    "card-withdraw": Act(activity_forms.ActivityForm, _on("activity", actions.withdraw)),
    "score": Act(forms.ScoreForm, _on("deal", actions.score), inner=drawing.scored),
    # Leading
    "cards-go": Act(forms.GoForm, _on("activity", rounds.go)),
    "card-wall": Act(forms.WallForm, _on("activity", results.add_from_wall)),
    "card-take-out": Act(forms.CardRowForm, _on("card", results.take_out)),
    "card-group": Act(forms.GroupForm, _on("card", results.group)),
    "card-ungroup": Act(forms.CardRowForm, _on("card", results.ungroup)),
    "card-topic": Act(
        forms.CardRowForm, _on("card", results.make_topic), _("The card is now a topic on the Lean Coffee.")
    ),
}

register(
    Kind(
        value=Activity.Kind.TWENTY_FIVE.value,
        invitation=_(
            "Everyone writes one card. In five rounds each card is scored from 1 to 5 by five people who don’t know whose "
            "it is, and the ten with the highest sums are counted down. For six people or a whole hall; also with cards "
            "of paper."
        ),
        folder="facilitation/twenty_five",
        steps=tuple(LABELS.items()),
        form=forms.OpenForm,
        acts=ACTS,
        snapshot=drawing.Snapshot,
        own=drawing.own,
        lead=drawing.lead,
        close=rounds.close,
        time_is_up=rounds.time_is_up,
        watching=(ROUND, REVEAL, RESULT),
    )
)
