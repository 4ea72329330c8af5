"""Writing a comment, as a member or as a guest, and deciding about one."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chapter.fields import EmailFormField, NameFormField
from chapter.forms import GuardedForm

from ..models import Comment
from .actions import MOVES


class CommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ("body",)
        labels = {"body": pgettext_lazy("on a blog post", "Your comment")}
        widgets = {"body": forms.Textarea(attrs={"rows": 4})}


class GuestCommentForm(GuardedForm, CommentForm):
    name = NameFormField(
        label=_("Your name"),
        max_length=80,
        help_text=_("Shown with your comment, and that you are a guest."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailFormField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("We’ll send you a link to confirm. Your address isn’t published."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("body", "name", "email")


class GuestActionForm(forms.Form):
    action = forms.ChoiceField(choices=[(name, name) for name in ("confirm", "delete")])


class ModerateForm(forms.Form):
    move = forms.ChoiceField(choices=[(move, move) for move in MOVES])


def form_for(user, data=None):
    """The form in which this reader writes a comment."""
    return CommentForm(data) if user.is_authenticated else GuestCommentForm(data)
