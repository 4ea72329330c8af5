"""25/10 as a kind of activity: registered when the app is ready."""

from django.utils.translation import gettext_lazy as _

from ..activities import Act, Kind, on_row, register
from ..activities import forms as activity_forms
from ..models import Activity
from . import actions, drawing, forms, results, rounds
from .steps import LABELS, RESULT, REVEAL, ROUND


def _write_for_room(form, *, by, member):
    data = {**form.cleaned_data, "for_room": True}
    actions.write(data.pop("activity"), by=by, **data)


ACTS = {
    "card": Act(forms.CardForm, on_row("activity", actions.write)),
    "card-room": Act(forms.CardForm, _write_for_room),
    "card-withdraw": Act(activity_forms.ActivityForm, on_row("activity", actions.withdraw)),
    "score": Act(forms.ScoreForm, on_row("deal", actions.score), inner=drawing.scored),
    # Leading
    "cards-go": Act(forms.GoForm, on_row("activity", rounds.go)),
    "card-wall": Act(forms.WallForm, on_row("activity", results.add_from_wall)),
    "card-take-out": Act(forms.CardRowForm, on_row("card", results.take_out)),
    "card-group": Act(forms.GroupForm, on_row("card", results.group)),
    "card-ungroup": Act(forms.CardRowForm, on_row("card", results.ungroup)),
    "card-topic": Act(
        forms.CardRowForm, on_row("card", results.make_topic), _("The card is now a topic on the Lean Coffee.")
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
