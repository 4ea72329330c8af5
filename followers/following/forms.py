"""One field to follow, and the form of what and how often."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import EmailFormField, NameFormField
from chapter.forms import GuardedForm, LanguageCheckboxes
from events.fields import PrinciplesField
from events.listings import towns_announced
from events.models import Event, Series
from principles.models import Principle

from ..models import Follower


class FollowForm(GuardedForm):
    """An address. `series` is the slug of the one series that is to be followed, or empty."""

    email = EmailFormField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("We’ll send you a link to confirm. You can stop at any time."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    series = forms.SlugField(required=False, widget=forms.HiddenInput)

    def clean_series(self):
        # A series that is gone is no reason to refuse somebody who wants to follow.
        slug = self.cleaned_data["series"]
        return Series.objects.visible_to(None).filter(slug=slug).first() if slug else None


class StopForm(forms.Form):
    """An address whose owner has told an organiser that they want no more."""

    email = EmailFormField(label=_("Their email address"), max_length=254)


class SeriesField(forms.ModelMultipleChoiceField):
    widget = LanguageCheckboxes

    def label_from_instance(self, series):
        return series.wording.title if series.wording else series.slug


class ChoicesForm(forms.ModelForm):
    """What a follower hears of, and how often."""

    kinds = forms.MultipleChoiceField(
        label=_("Of these kinds"),
        choices=Event.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    towns = forms.MultipleChoiceField(label=_("In these places"), required=False, widget=forms.CheckboxSelectMultiple)
    series = SeriesField(label=_("Of these series"), queryset=None, required=False)
    principles = PrinciplesField(label=_("About these principles"), queryset=None, required=False)
    is_choosy = forms.TypedChoiceField(
        label=_("Which meetups?"),
        choices=[("", _("All meetups")), ("yes", _("Only those I choose"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Follower
        fields = ["wants_meetups", "is_choosy", "kinds", "towns", "series", "principles"]
        fields += ["wants_posts", "wants_letter", "rhythm", "language"]
        labels = {"language": _("Language")}
        widgets = {"rhythm": forms.RadioSelect, "language": forms.RadioSelect}

    CHOICES = ("kinds", "towns", "series", "principles")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What was chosen stays to choose, also when nothing is planned there any more.
        towns = sorted({*towns_announced(), *self.instance.towns}, key=str.casefold)
        self.fields["towns"].choices = [(town, town) for town in towns]
        running = Series.objects.visible_to(None).filter(ended_at=None) | self.instance.series.all()
        self.fields["series"].queryset = running.distinct().for_tickets()
        self.fields["principles"].queryset = Principle.objects.with_wordings()
        # One of the two is always chosen.
        self.fields["is_choosy"].is_demanded_at_times = True
        self.initial["is_choosy"] = "yes" if self.instance.is_choosy else ""

    @property
    def of_meetups(self):
        return [self[name] for name in self.CHOICES if self[name].subwidgets]

    def clean(self):
        cleaned = super().clean()
        wants = any(cleaned.get(name) for name in ("wants_meetups", "wants_posts", "wants_letter"))
        if not wants:
            self.add_error(
                "wants_meetups", _("Choose at least one. To hear nothing more, use “Stop all emails” below.")
            )
        is_empty = not any(cleaned.get(name) for name in self.CHOICES)
        if cleaned.get("wants_meetups") and cleaned.get("is_choosy") and is_empty:
            self.add_error("is_choosy", _("Choose at least one kind, place, series or principle."))
        return cleaned


class SeatForm(forms.Form):
    """Who comes; a member's name is known."""

    name = NameFormField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def __init__(self, *args, follower, **kwargs):
        super().__init__(*args, initial={"name": follower.person_name}, **kwargs)
        if follower.member:
            del self.fields["name"]
