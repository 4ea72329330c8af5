"""Forms of activities: those of all kinds. Each finds its activity among those of its own board that are open."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineFormField

from ..models import MAX_QUESTION
from ..table import forms as table_forms


def activity_field(**kwargs):
    return table_forms.RowField(
        lambda board: board.activities.filter(closed_at=None).select_related("board"), **kwargs
    )


class ActivityForm(table_forms.BoardForm):
    activity = activity_field()


class ShowForm(table_forms.BoardForm):
    """Without an activity: the Lean Coffee."""

    activity = activity_field(required=False)


class StepForm(ActivityForm):
    """Names the step on the page that was pressed, so that two presses never skip one."""

    step = forms.CharField(max_length=10, widget=table_forms.Hidden)
    number = forms.IntegerField(min_value=0, widget=table_forms.Hidden)


class OpenForm(table_forms.BoardForm):
    """What every activity is opened with; kinds add their settings."""

    client_id = forms.UUIDField(initial=uuid.uuid4, widget=table_forms.Hidden)
    question = LineFormField(label=_("Question"), max_length=MAX_QUESTION, required=False)
