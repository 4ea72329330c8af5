"""Forms of 25/10."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineFormField

from ..activities import forms as activity_forms
from ..models import HIGHEST, MAX_CARD, SCORES_EACH, Card, Deal
from ..table import forms as table_forms
from .steps import LABELS


def card_field(**kwargs):
    return table_forms.RowField(
        lambda board: Card.objects.filter(activity__board=board, activity__closed_at=None).select_related(
            "activity__board"
        ),
        **kwargs,
    )


def deal_field():
    return table_forms.RowField(
        lambda board: Deal.objects.filter(activity__board=board).select_related("activity__board"),
        error_messages={"invalid_choice": _("The round had already ended, so this score wasn’t counted.")},
    )


class OpenForm(activity_forms.OpenForm):
    seconds = forms.IntegerField(
        label=_("Seconds for each round"),
        initial=60,
        min_value=5,
        max_value=600,
        help_text=_("You can also end a round yourself."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["question"].help_text = _("What the cards answer, such as “Which challenge should we solve?”")


class CardForm(activity_forms.ActivityForm):
    """One's own card, new or changed; or, by the leader, that of somebody else."""

    client_id = forms.UUIDField(initial=uuid.uuid4, widget=table_forms.Hidden)
    text = LineFormField(label=_("Your card"), max_length=MAX_CARD, widget=forms.Textarea(attrs={"rows": 3}))


class ScoreForm(table_forms.BoardForm):
    deal = deal_field()
    score = forms.IntegerField(min_value=1, max_value=HIGHEST)


class GoForm(activity_forms.StepForm):
    to = forms.ChoiceField(choices=list(LABELS.items()), widget=table_forms.Hidden)


class WallForm(activity_forms.ActivityForm):
    client_id = forms.UUIDField(initial=uuid.uuid4, widget=table_forms.Hidden)
    text = LineFormField(label=_("What it says on the card"), max_length=MAX_CARD)
    total = forms.IntegerField(label=_("Sum"), min_value=SCORES_EACH, max_value=SCORES_EACH * HIGHEST)


class CardRowForm(table_forms.BoardForm):
    card = card_field()


class GroupForm(CardRowForm):
    into = card_field()


class FindForm(forms.Form):
    """Words on a card, to find it among a hall's."""

    q = LineFormField(label=_("Words on the card"), max_length=60, required=False)


class TogetherForm(table_forms.BoardForm):
    """Several cards of one activity at a time, ticked in a list."""

    cards = forms.ModelMultipleChoiceField(
        Card.objects.none(), error_messages={"required": _("Tick at least one card.")}
    )
    into = forms.ModelChoiceField(Card.objects.none(), required=False)

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = activity.cards.standing()

    def clean(self):
        data = super().clean()
        if "cards" in data and "into" in data and not data["into"] and len(data["cards"]) < 2:
            self.add_error("cards", _("Tick at least two cards, or choose the card that they go under."))
        return data
