"""Writing a comment, and deciding about one."""

from django import forms
from django.utils.translation import pgettext_lazy

from ..models import Comment
from .actions import MOVES


class CommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ("body",)
        labels = {"body": pgettext_lazy("on a blog post", "Your comment")}
        widgets = {"body": forms.Textarea(attrs={"rows": 4})}


class ModerateForm(forms.Form):
    move = forms.ChoiceField(choices=[(move, move) for move in MOVES])
