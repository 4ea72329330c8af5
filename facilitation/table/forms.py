"""Forms for everybody at a board. A form finds the rows that it names among those of its own board alone."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import EmailFormField, LineFormField, NameFormField, TextFormField
from microactions.models import Microaction
from microactions.pledges import TwoQuestions

from ..models import (
    MAX_DETAIL,
    MAX_DOTS_EACH,
    MAX_ROOM,
    MAX_TAKEAWAY,
    MAX_TOPIC,
    Board,
    BoardPledge,
    Participant,
    RetroItem,
    Round,
    Takeaway,
    Thumb,
)

YES_NO = [("yes", _("Yes")), ("no", _("No, this is the first time"))]
Hidden = forms.HiddenInput


class RowField(forms.ModelChoiceField):
    """One row of the form's board; `rows(board)` gives the choices."""

    widget = Hidden
    default_error_messages = {"invalid_choice": _("This is no longer on the board.")}

    def __init__(self, rows, **kwargs):
        self.rows = rows
        super().__init__(Board.objects.none(), **kwargs)


def topic_field(**kwargs):
    return RowField(lambda board: board.topics.exclude(state="withdrawn").select_related("board"), **kwargs)


def round_field():
    return RowField(lambda board: Round.objects.filter(topic__board=board).select_related("topic__board"))


def takeaway_field():
    return RowField(lambda board: Takeaway.objects.filter(topic__board=board).select_related("topic__board"))


def participant_field():
    return RowField(lambda board: board.participants.all())


def number_field(**kwargs):
    return forms.IntegerField(min_value=0, max_value=MAX_ROOM, required=False, **kwargs)


class AtBoard:
    """A form whose rows are those of `board`."""

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.board = board
        for field in self.fields.values():
            if isinstance(field, RowField):
                field.queryset = field.rows(board)


class BoardForm(AtBoard, forms.Form):
    pass


class CreateForm(BoardForm):
    """Makes a row; `client_id`, made by the sender, keeps it from being made twice. The leader may write for the room."""

    client_id = forms.UUIDField(initial=uuid.uuid4, widget=Hidden)
    for_room = forms.BooleanField(label=_("I’m writing this for someone else in the room"), required=False)


# People


class NameForm(BoardForm):
    nickname = NameFormField(
        label=_("What should we call you?"),
        max_length=40,
        required=False,
        help_text=_("First name, nickname or nothing. No account, no email."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    name_in_summary = forms.BooleanField(
        label=Participant._meta.get_field("name_in_summary").verbose_name,
        required=False,
        help_text=_("If you don’t tick this, the summary only says how many we were."),
    )


class JoinForm(NameForm):
    been_before = forms.ChoiceField(
        label=Participant._meta.get_field("been_before").verbose_name,
        choices=YES_NO,
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ("nickname", "been_before", "name_in_summary")

    def clean_been_before(self):
        return {"yes": True, "no": False}.get(self.cleaned_data["been_before"])


class ReadyForm(BoardForm):
    ready = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")


# Notes


class NoteWords(forms.Form):
    text = LineFormField(label=_("What do you want to talk about?"), max_length=MAX_TOPIC)
    detail = TextFormField(
        label=_("More about it"),
        max_length=MAX_DETAIL,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    show_nickname = forms.BooleanField(label=_("Show my nickname on the note"), required=False)


class NoteForm(CreateForm, NoteWords):
    @property
    def has_more(self):
        # Opens the fold that hides these fields.
        return any(self[name].value() or self[name].errors for name in ("detail", "show_nickname"))


class NoteEditForm(BoardForm, NoteWords):
    topic = topic_field()


class TopicForm(BoardForm):
    topic = topic_field()


# Dots, talk


class DotsForm(BoardForm):
    topic = topic_field()
    count = forms.IntegerField(min_value=0, max_value=MAX_DOTS_EACH)


class RoundForm(BoardForm):
    round = round_field()


class ThumbForm(RoundForm):
    way = forms.ChoiceField(choices=Thumb.Way.choices)


class TakeawayWords(forms.Form):
    text = LineFormField(label=_("What should we remember?"), max_length=MAX_TAKEAWAY)


class TakeawayForm(CreateForm, TakeawayWords):
    topic = topic_field()


class OtherTakeawayForm(CreateForm, TakeawayWords):
    """Under a topic chosen from a list, done or still waiting."""

    topic = topic_field(label=_("Under which topic?"))


class TakeawayEditForm(BoardForm, TakeawayWords):
    takeaway = takeaway_field()


class TakeawayRowForm(BoardForm):
    takeaway = takeaway_field()


# Plus and delta


class RetroForm(BoardForm):
    client_id = forms.UUIDField(initial=uuid.uuid4, widget=Hidden)
    kind = forms.ChoiceField(choices=RetroItem.Kind.choices, widget=Hidden)
    text = LineFormField(label=_("In a sentence"), max_length=280)


class PledgeForm(AtBoard, TwoQuestions):
    """A microaction written at the table: what and which day; all the rest may stay folded."""

    class Meta(TwoQuestions.Meta):
        fields = (*TwoQuestions.Meta.fields, "moment", "cue", "first_step", "visibility", "name")
        help_texts = {
            "wants_makker": _(
                "Before we go home, everyone who wants a buddy is paired with someone else here. You’ll see each other’s "
                "name, microaction and day."
            )
        }
        field_classes = {"name": NameFormField}
        widgets = {**TwoQuestions.Meta.widgets, "visibility": forms.RadioSelect}

    email = EmailFormField(
        label=_("Your email address"),
        max_length=254,
        required=False,
        help_text=_(
            "Only for a reminder on the day, and to tell you who your buddy is. Otherwise you’ll get a link to keep."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    in_summary = forms.BooleanField(label=BoardPledge._meta.get_field("in_summary").verbose_name, required=False)
    client_id = forms.UUIDField(initial=uuid.uuid4, widget=Hidden)
    for_room = forms.BooleanField(label=_("This belongs to someone else in the room"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["visibility"].choices = Microaction.Visibility.choices

    # Each opens the fold that hides its fields.
    @property
    def has_plan(self):
        return self._has("moment", "cue", "first_step")

    @property
    def has_mail(self):
        return self._has("wants_makker", "email")

    @property
    def is_shown(self):
        return self["visibility"].value() != Microaction.Visibility.ME or self._has("name", "in_summary")

    def _has(self, *names):
        return any(self[name].value() or self[name].errors for name in names)
