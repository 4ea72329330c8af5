"""The forms of proposing and of answering."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import EmailFormField, LineFormField, NameFormField, TextFormField
from chapter.forms import GuardedForm
from principles.models import Principle

from ..fields import ThemeField
from ..planning import EventForm

# What the proposal says already, or is decided when the draft is edited.
NOT_ASKED = (
    *("language", "title", "body", "hosts", "principles", "version"),
    *("asks_access_needs", "forget_needs"),
)


class ProposalForm(GuardedForm):
    what = LineFormField(
        label=_("What would you like to arrange?"), max_length=200, help_text=_("In a few words, as a title.")
    )
    body = TextFormField(
        label=_("More about your idea"),
        required=False,
        max_length=5000,
        help_text=_("Who it is for, what you would do, what you need help with."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    place = LineFormField(label=_("Where?"), max_length=200, help_text=_("A room you have, a town, or online."))
    when = LineFormField(
        label=_("When?"), max_length=200, help_text=_("In your own words, such as “a Thursday in May”.")
    )
    principle = ThemeField(label=_("Theme"), queryset=None, required=False, empty_label=_("No theme in particular"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["principle"].queryset = Principle.objects.with_wordings()

    @property
    def offer(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("what", "body", "place", "when", "principle")}


class GuestProposalForm(ProposalForm):
    name = NameFormField(
        label=_("Your name"),
        max_length=80,
        help_text=_("If it becomes a meetup, you can host it. Your name is then shown."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailFormField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("We’ll send you a link to confirm, and later our answer. Only the organisers see your address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ProposalActionForm(forms.Form):
    action = forms.ChoiceField(choices=[(name, name) for name in ("confirm", "withdraw")])


class AcceptForm(EventForm):
    """When and where: what the draft of a proposal still needs."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in NOT_ASKED:
            del self.fields[name]

    @property
    def columns(self):
        # Not on this form, but one of the columns.
        self.cleaned_data["asks_access_needs"] = False
        return super().columns


class DeclineForm(forms.Form):
    answer = TextFormField(
        label=_("Your answer"),
        max_length=1000,
        help_text=_("It is emailed exactly as you write it. Say why, and what could be done instead."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
