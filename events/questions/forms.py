"""Asking a question, and answering it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineFormField, TextFormField, demanded_at_times

from ..models import Question
from .actions import LOGGED


class AskForm(forms.ModelForm):
    class Meta:
        model = Question
        fields = ("body",)
        labels = {"body": _("Your question")}
        help_texts = {
            "body": _("The hosts see who asks. Others read it without your name, once a host has answered.")
        }
        widgets = {"body": forms.Textarea(attrs={"rows": 3})}


class LinkForm(forms.Form):
    rsvp = LineFormField(max_length=40)


class AnswerForm(forms.Form):
    answer = demanded_at_times(
        TextFormField(
            label=_("Your answer"),
            help_text=_("Everyone can read it, with the question."),
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
        )
    )
    move = forms.ChoiceField(choices=[(move, move) for move in LOGGED], widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("move") == "answer" and not cleaned.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("Write an answer, or show the question without one."))
        return cleaned
