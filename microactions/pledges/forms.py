"""Forms of a pledge, and what the addresses of the wall and the idea bank may choose."""

import json
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chapter.fields import EmailFormField, demanded_at_times
from chapter.forms import GuardedForm, LanguageSelect
from chapter.languages import current
from chapter.wordings import best_wordings
from events import fields
from events.models import Event, EventWording
from principles.models import Principle

from .. import dates
from ..models import Microaction
from . import hints

RECENT = timedelta(days=60)
SOON = timedelta(days=60)
EVENTS_EACH_WAY = 30
EXAMPLES = {
    "what": _("For example: have coffee with the team next door and ask what they need from us."),
    "moment": _("For example: right after the Monday meeting."),
    "cue": _("For example: … open my laptop on Monday."),
    "first_step": _("For example: … write to them and propose a time."),
}
FIND_ME = _(
    "We’ll pair you with someone from the same meetup who also wants a buddy. You’ll see each other’s name, "
    "microaction and date."
)
WHICH_MEETUP = _("Choose the event: we’ll look for your buddy among the people who were there.")

EXPLANATIONS = {
    Microaction.Visibility.ME: _("No one else, not even the organisers."),
    Microaction.Visibility.MAKKER: _("Only the person you send the buddy link to."),
    Microaction.Visibility.EVENT: _("Members who were there, and the hosts, when they are signed in."),
    Microaction.Visibility.PUBLIC: _("Anyone can read it, and search engines can find it."),
}
_explained = lazy(format_html, str)


def visibility_choices(*, has_event) -> list[tuple]:
    """(value, label with its explanation); "those at the event" only if there is an event."""
    return [
        (value, _explained('{} <span class="choice__help">{}</span>', label, EXPLANATIONS[value]))
        for value, label in Microaction.Visibility.choices
        if has_event or value != Microaction.Visibility.EVENT
    ]


class DayInput(forms.DateInput):
    """The browser's own calendar, from today to a year ahead."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        limits = {"min": dates.today().isoformat(), "max": dates.last_day().isoformat()}
        return super().get_context(name, value, {**limits, **(attrs or {})})


class HintedTextarea(forms.Textarea):
    """A text area with a hint below it when its words are vague, for the `what` of any pledge form.

    A page that shows it ends with `{{ form.media }}`; without the script `hint_at` gives the hint after storing.
    """

    template_name = "microactions/pledges/hinted.html"

    class Media:
        js = [forms.widgets.Script("js/hints.js", defer=True)]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        widget, phrase = context["widget"], hints.find(str(value or ""), current())
        widget["hint_id"] = f"{widget['attrs'].get('id', name)}_hint"
        widget["hint"] = hints.sentence(phrase) if phrase else ""
        widget["attrs"] |= {
            "aria-describedby": f"{widget['attrs'].get('aria-describedby', '')} {widget['hint_id']}".strip(),
            "data-hints": json.dumps(hints.patterns(current()), ensure_ascii=False),
            "data-hint": hints.sentence("{phrase}"),
            "data-hint-shown-in": widget["hint_id"],
        }
        return context


class PrincipleField(forms.ModelChoiceField):
    widget = LanguageSelect

    def __init__(self):
        none = _("None in particular")
        super().__init__(Principle.objects.all(), required=False, label=_("Principle"), empty_label=none)

    def label_from_instance(self, principle):
        return principle.label


class EventField(fields.EventField):
    """Which event a microaction is from; the form gives the choices."""

    def __init__(self, **kwargs):
        usual = {"label": _("From which event?"), "empty_label": _("None in particular"), "required": False}
        super().__init__(Event.objects.none(), **{**usual, **kwargs})


class TwoQuestions(forms.ModelForm):
    """A microaction in its shortest form, at the table and elsewhere: what and which day, and whether a buddy is wanted."""

    class Meta:
        model = Microaction
        fields = ("what", "due_on", "wants_makker")
        labels = {"wants_makker": _("Find me a buddy")}
        help_texts = {"wants_makker": FIND_ME}
        widgets = {"what": HintedTextarea(attrs={"rows": 2}), "due_on": DayInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in EXAMPLES.keys() & self.fields.keys():
            self.fields[name].help_text = EXAMPLES[name]

    def clean_due_on(self):
        dates.validate_day(self.cleaned_data["due_on"])
        return self.cleaned_data["due_on"]


class PledgeForm(GuardedForm, TwoQuestions):
    """A member's pledge. All the rest is asked on the page that follows.

    The principle comes with the address, from its page or an idea, and is not asked for.
    """

    class Meta(TwoQuestions.Meta):
        fields = (*TwoQuestions.Meta.fields, "event", "principle")
        widgets = {**TwoQuestions.Meta.widgets, "principle": forms.HiddenInput}

    event = demanded_at_times(EventField())

    def __init__(self, *args, event=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = _events_around_now(event and event.pk)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("wants_makker") and "event" in cleaned and not cleaned["event"]:
            self.add_error("event", ValidationError(WHICH_MEETUP, code="required"))
        return cleaned

    def pledge(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class GuestPledgeForm(PledgeForm):
    """A pledge of somebody without an account."""

    email = EmailFormField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("We’ll email you to confirm, on the day, and to ask how it went. No one else sees your address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def _events_around_now(chosen_id):
    near = Event.objects.announced().around_now(
        back=RECENT, ahead=SOON, each_way=EVENTS_EACH_WAY, chosen_id=chosen_id
    )
    return near.prefetch_related(best_wordings(EventWording))


class FromEvent(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = _events_around_now(self.instance.event_id)


class OriginForm(FromEvent):
    """Where the idea came from."""

    class Meta:
        model = Microaction
        fields = ("event", "principle")

    event = EventField()
    principle = PrincipleField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["principle"].queryset = Principle.objects.with_wordings()


class BuddyForm(FromEvent):
    """Among whom a makker is looked for, of a microaction that is not from any event yet."""

    class Meta:
        model = Microaction
        fields = ("event",)

    event = EventField(required=True, error_messages={"required": WHICH_MEETUP})


class Chosen(forms.Form):
    """Parameters of an address: what makes no sense is left out, never an error."""

    def chosen(self) -> dict:
        """{name: value} of what was chosen and is valid."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ComingFrom(Chosen):
    """Where the idea bank was opened: at an event's form, at a board, or at a principle."""

    event = forms.SlugField(max_length=120, required=False)
    board = forms.SlugField(max_length=12, required=False)
    principle = forms.IntegerField(min_value=1, max_value=7, required=False)


class WallFilter(Chosen):
    """What the wall should show."""

    STATES = [("", pgettext_lazy("microactions", "All")), ("done", _("With a result")), ("open", _("In progress"))]

    state = forms.ChoiceField(choices=STATES, required=False)
    principle = forms.IntegerField(min_value=1, max_value=7, required=False)
    event = forms.SlugField(max_length=120, required=False)

    def apply(self, rows) -> QuerySet:
        chosen = self.chosen()
        if "principle" in chosen:
            rows = rows.filter(principle_id=chosen["principle"])
        if "event" in chosen:
            rows = rows.filter(event__slug=chosen["event"], event__in=Event.objects.announced())
        return {"done": rows.with_result, "open": rows.without_result}.get(chosen.get("state"), rows.all)()
