"""Forms for a post, its authors, and publishing."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineFormField, MarkdownWidget, TextFormField, clean_text, demanded_at_times
from chapter.forms import LanguageCheckboxes, LanguageSelect
from chapter.models import Chapter
from chapter.timezones import from_wall_clock
from events.fields import EventField
from events.models import Event
from principles.models import Principle

from ..models import Post

MAX_AUTHORS = 10
MIN_AUTHOR_ROWS = 3
CHOICE_LIMIT = 200


class PrincipleChoices(forms.ModelMultipleChoiceField):
    widget = LanguageCheckboxes

    def label_from_instance(self, principle):
        return principle.label


class PostForm(forms.ModelForm):
    """A post's text and what belongs to it; the cover and the authors are forms of their own."""

    # What the writer started from, see posts.save.
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Post
        fields = ("language", "title", "lead", "body", "principles", "summary_of", "translation_of")
        field_classes = {"principles": PrincipleChoices, "summary_of": EventField}
        widgets = {
            "lead": forms.Textarea(attrs={"rows": 3}),
            "body": MarkdownWidget,
            "translation_of": LanguageSelect,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["principles"].queryset = Principle.objects.with_wordings()
        self.fields["summary_of"].queryset = self._events()
        self.fields["translation_of"].queryset = self._originals()
        self.fields["summary_of"].empty_label = _("No event")
        self.fields["translation_of"].empty_label = _("Not a translation")

    def clean_body(self):
        return clean_text(self.cleaned_data["body"])

    def clean_translation_of(self):
        original = self.cleaned_data["translation_of"]
        if original and self.instance.pk and self.instance.translations.exists():
            raise ValidationError(
                _("This post has its own translations, so it can’t be a translation of another post.")
            )
        return original

    def clean(self):
        cleaned = super().clean()
        original, post = cleaned.get("translation_of"), self.instance
        if post.pk and post.translations.filter(language=cleaned.get("language")).exists():
            self.add_error("language", _("This post has a translation into this language already."))
        if original and original.language == cleaned.get("language"):
            self.add_error("translation_of", _("A translation must be in a different language from the original."))
        return cleaned

    def let_replace(self, stored):
        """After a conflict: keep what was typed, and let the next save replace `stored`."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = stored.version

    def _events(self):
        # The latest past ones, and the one that is chosen already.
        latest = Event.objects.past()[:CHOICE_LIMIT].values("pk")
        chosen = Q(pk=self.instance.summary_of_id)
        events = Event.objects.filter(Q(pk__in=latest) | chosen).order_by("-starts_at", "-id")
        return events.for_tickets()

    def _originals(self):
        originals = Post.objects.filter(translation_of=None).exclude(pk=self.instance.pk)
        latest = originals.order_by("-created_at", "-id")[:CHOICE_LIMIT].values("pk")
        chosen = Q(pk=self.instance.translation_of_id)
        return Post.objects.filter(Q(pk__in=latest) | chosen).order_by("-created_at", "-id")


class BylineForm(forms.Form):
    """One author; an empty row is no author."""

    name = demanded_at_times(LineFormField(label=_("Name"), max_length=80, required=False))
    bio = TextFormField(
        label=_("About the author"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def has_changed(self):
        # Django skips unchanged rows of a formset; one that is sent as it was suggested counts, too.
        return True

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("bio") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Enter the author’s name, or clear both fields."))
        return cleaned


class BaseBylines(forms.BaseFormSet):
    def authors(self):
        """(name, bio) of the rows that are filled in, in order; after is_valid()."""
        rows = (form.cleaned_data for form in self.forms)
        return [(row["name"], row.get("bio", "")) for row in rows if row.get("name")]


def bylines_for(post, *, by, data=None):
    """The formset of authors: the post's, or for a new one the writer, and empty rows."""
    rows = [{"name": line.name, "bio": line.bio} for line in post.bylines.all()] if post.pk else []
    rows = rows or [{"name": by.display_name, "bio": by.bio}]
    extra = max(1, MIN_AUTHOR_ROWS - len(rows))
    formset = forms.formset_factory(
        BylineForm, formset=BaseBylines, extra=extra, max_num=MAX_AUTHORS, validate_max=True
    )
    return formset(data, initial=rows, prefix="authors")


class PublishForm(forms.Form):
    """Now, or at a day and hour in the chapter's time zone."""

    NOW, LATER = "now", "later"

    when = forms.ChoiceField(
        label=_("When?"),
        choices=[(NOW, _("Now")), (LATER, _("Later, at the date and time below"))],
        widget=forms.RadioSelect,
        initial=NOW,
    )
    day = demanded_at_times(
        forms.DateField(
            label=_("Date"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        )
    )
    hour = demanded_at_times(
        forms.TimeField(
            label=_("Time"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        )
    )

    def clean(self):
        cleaned = super().clean()
        cleaned["at"] = None
        if cleaned.get("when") == self.LATER and not self.errors:
            for name in ("day", "hour"):
                if cleaned.get(name) is None:
                    self.add_error(name, _("Fill this in, or choose “Now”."))
            if not self.errors:
                cleaned["at"] = self._later(cleaned)
        return cleaned

    def _later(self, cleaned):
        wall_clock = timezone.datetime.combine(cleaned["day"], cleaned["hour"])
        try:
            at = from_wall_clock(wall_clock, Chapter.load().time_zone)
        except (ValidationError, OverflowError) as error:
            self.add_error("hour", error if isinstance(error, ValidationError) else _("Choose an earlier date."))
            return None
        if at <= timezone.now():
            self.add_error("day", _("This time has passed. Choose a later one, or “Now”."))
        return at
