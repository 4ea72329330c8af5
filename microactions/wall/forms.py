"""What is pressed on the wall: a cheer, or an organiser’s decision."""

from django import forms


class CheerForm(forms.Form):
    """A tap: cheer or take it back, and the page to come back to."""

    cheer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    next = forms.CharField(required=False)


class ReviewForm(forms.Form):
    """An organiser's decision."""

    decision = forms.ChoiceField(choices=[("approve", "approve"), ("hide", "hide")])
