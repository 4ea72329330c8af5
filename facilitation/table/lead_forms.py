"""Forms for the leader of a board, and for those who take the role."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import MAX_DOTS_EACH, Board, Round
from .forms import AtBoard, BoardForm, RoundForm, RowField, TopicForm, number_field, participant_field, topic_field


class SeenLeaderForm(BoardForm):
    seen_leader = forms.IntegerField(required=False)


class ToForm(BoardForm):
    to = participant_field()


class ParticipantForm(BoardForm):
    participant = participant_field()


class EmptyForm(BoardForm):
    pass


class PitchForm(BoardForm):
    topic = topic_field(required=False)
    seen = forms.IntegerField(required=False)


class MergeForm(BoardForm):
    topic = topic_field()
    into = topic_field()


class RoomDotsForm(BoardForm):
    """One number for each topic: the dots of those without a phone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.topics = list(self.board.topics.standing().in_pitch_order().select_related("board"))
        for topic in self.topics:
            widget = forms.NumberInput(attrs={"inputmode": "numeric"})
            self.fields[f"dots_{topic.pk}"] = number_field(label=topic.text, initial=topic.room_dots, widget=widget)

    def changed(self):
        """(topic, number) of the topics whose number is another now."""
        numbers = ((topic, self.cleaned_data[f"dots_{topic.pk}"]) for topic in self.topics)
        return [(topic, number) for topic, number in numbers if number not in (None, topic.room_dots)]


class StartForm(BoardForm):
    topic = topic_field()
    seen_talking = forms.IntegerField(required=False)


class CountForm(RoundForm):
    up, side, down = number_field(label=_("Up")), number_field(label=_("Sideways")), number_field(label=_("Down"))
    decision = forms.ChoiceField(choices=Round.Result.choices, required=False)

    def room(self):
        return tuple(self.cleaned_data[way] or 0 for way in ("up", "side", "down"))


class TieForm(TopicForm):
    sooner = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")


class RetroRowForm(BoardForm):
    item = RowField(lambda board: board.retro_items.all())


class GoForm(BoardForm):
    from_phase = forms.ChoiceField(choices=Board.Phase.choices, widget=forms.HiddenInput)
    to_phase = forms.ChoiceField(choices=Board.Phase.choices)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class SettingsForm(AtBoard, forms.ModelForm):
    class Meta:
        model = Board
        fields = ("show_at_once", "dots_each", "pace", "one_device", "room_returning", "room_new", "role_locked")

    dots_each = forms.IntegerField(label=_("Dots for each person"), min_value=1, max_value=MAX_DOTS_EACH)
    room_returning = number_field(label=Board._meta.get_field("room_returning").verbose_name)
    room_new = number_field(label=Board._meta.get_field("room_new").verbose_name)

    def __init__(self, *args, board, **kwargs):
        # A row of its own: a refused form must not change the board that the page is drawn from.
        super().__init__(*args, board=board, instance=Board.objects.get(pk=board.pk), **kwargs)

    def settings(self):
        # A number left empty stays as it is.
        return {name: value for name, value in self.cleaned_data.items() if value is not None}
