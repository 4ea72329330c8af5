"""Which paper card is asked for."""

from django import forms

from microactions.pledges import Chosen


class PaperCardForm(Chosen):
    """The card of a microaction, by its token, or so many blank ones; else the reader's own."""

    blank = forms.TypedChoiceField(choices=[("1", "1"), ("4", "4")], coerce=int, empty_value=0, required=False)
    microaction = forms.SlugField(max_length=40, required=False)
