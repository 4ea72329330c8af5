"""Forms of a 1-3-9."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineFormField, TextFormField

from .. import activities
from ..models import MAX_LINE, MAX_QUESTION, MAX_WHEREABOUTS, MAX_WORKPLACE, Group, SheetLine
from ..table import forms as table_forms
from . import plan

MAX_LINES_TYPED = 20


def line_field():
    rows = SheetLine.objects.filter(activity__closed_at=None).select_related("activity__board", "group")
    return table_forms.RowField(lambda board: rows.filter(activity__board=board))


def group_field(**kwargs):
    return table_forms.RowField(
        lambda board: Group.objects.filter(activity__board=board).order_by("number"), **kwargs
    )


class PlanForm(forms.Form):
    minutes = forms.CharField(
        label=_("Minutes for each step"),
        initial="3-8-12",
        max_length=20,
        validators=[plan.clean_minutes],
        help_text=_("0 for a step without a clock. You can change the time as you go."),
    )
    questions = TextFormField(
        label=_("A question for each step"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line, if the steps have different ones."),
    )

    def clean_minutes(self):
        return plan.clean_minutes(self.cleaned_data["minutes"])

    def clean_questions(self):
        questions = self.cleaned_data["questions"]
        if any(len(line) > MAX_QUESTION for line in questions.split("\n")):
            raise forms.ValidationError(_("Each question can be %(most)d characters long.") % {"most": MAX_QUESTION})
        return questions


class OpenForm(activities.forms.OpenForm, PlanForm):
    sizes = forms.CharField(
        label=_("How many talk together"),
        initial="1-3-9",
        max_length=20,
        validators=[plan.clean_sizes],
        help_text=_("First alone, then in groups. Others do 1-2-4 or 1-3-6."),
    )
    mixes = forms.BooleanField(
        label=_("Mix people from different organisations"),
        required=False,
        help_text=_("Everyone may say where they work. No one sees the answers."),
    )
    field_order = ("client_id", "question", "sizes", "minutes", "questions", "mixes")

    def clean_sizes(self):
        return plan.clean_sizes(self.cleaned_data["sizes"])


class ReplanForm(activities.forms.ActivityForm, PlanForm):
    question = LineFormField(label=_("Question"), max_length=MAX_QUESTION, required=False)
    field_order = ("activity", "question", "minutes", "questions")


class LineForm(activities.forms.StepForm):
    client_id = forms.UUIDField(initial=uuid.uuid4, widget=table_forms.Hidden)
    text = LineFormField(label=_("A line"), max_length=MAX_LINE, widget=forms.Textarea(attrs={"rows": 2}))


class LineRowForm(table_forms.BoardForm):
    line = line_field()


class LineEditForm(LineRowForm):
    version = forms.IntegerField(min_value=0, widget=table_forms.Hidden)
    text = LineFormField(label=_("A line"), max_length=MAX_LINE, widget=forms.Textarea(attrs={"rows": 2}))


class TakeForm(LineRowForm):
    number = forms.IntegerField(min_value=0, widget=table_forms.Hidden)


class HeartForm(LineRowForm):
    liked = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")


class HideForm(table_forms.BoardForm):
    """Also of an activity that is closed."""

    line = table_forms.RowField(
        lambda board: SheetLine.objects.filter(activity__board=board).select_related("activity__board")
    )
    hidden = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")


class WorkplaceForm(activities.forms.ActivityForm):
    name = LineFormField(
        label=_("Where do you work?"),
        max_length=MAX_WORKPLACE,
        required=False,
        help_text=_("Only to mix the groups. No one sees it, and it is deleted when the small groups are done."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


class OfLevelForm(activities.forms.ActivityForm):
    number = forms.IntegerField(min_value=0, widget=table_forms.Hidden)


class FewerForm(OfLevelForm):
    fewer = forms.IntegerField(min_value=0, max_value=plan.LARGEST, widget=table_forms.Hidden)


class WhereForm(OfLevelForm):
    group = group_field(required=False)
    whereabouts = LineFormField(
        label=_("Where are you?"),
        max_length=MAX_WHEREABOUTS,
        required=False,
        help_text=_("So that the others find you, such as “by the window”."),
    )


class ClockForm(activities.forms.StepForm):
    minutes = forms.IntegerField(label=_("Minutes from now"), min_value=0, max_value=plan.MOST_MINUTES)


class PosterForm(activities.forms.ActivityForm):
    client_id = forms.UUIDField(initial=uuid.uuid4, widget=table_forms.Hidden)
    group = group_field(label=_("Whose poster?"), required=False)
    whereabouts = LineFormField(label=_("Where the group sat"), max_length=MAX_WHEREABOUTS, required=False)
    text = TextFormField(
        label=_("What it says"),
        max_length=MAX_LINE * MAX_LINES_TYPED,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One line of the poster per line."),
    )

    def clean_text(self):
        lines = [line.strip() for line in self.cleaned_data["text"].split("\n") if line.strip()]
        if len(lines) > MAX_LINES_TYPED or max(map(len, lines), default=0) > MAX_LINE:
            raise forms.ValidationError(
                _("At most %(lines)d lines, each with %(letters)d characters at most.")
                % {"lines": MAX_LINES_TYPED, "letters": MAX_LINE}
            )
        return lines
