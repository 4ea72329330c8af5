"""Forms of principles/: choosing what to compare, and writing a new wording."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from chapter import languages
from chapter.fields import MarkdownWidget, WebAddressField
from chapter.pages import SHIPPED_SOURCE
from chapter.text import dates

from .models import PrincipleWording
from .wordings import chapter_today

LANGUAGE_CHOICES = [(code, capfirst(name)) for code, name in settings.LANGUAGE_NAMES.items()]


class _ChoosingForm(forms.Form):
    """A form whose choices stand in the address, where anybody may type anything: never an error."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="choose_%s", **kwargs)

    @classmethod
    def _forgiving(cls, data, start, *args):
        """A valid form: what was asked for where it makes sense, else the start value."""
        asked = {name: data.get(name, value) for name, value in start.items()}
        form = cls(asked, *args)
        if form.is_valid():
            return form
        form = cls({name: start[name] if name in form.errors else asked[name] for name in start}, *args)
        form.full_clean()
        return form


class CompareForm(_ChoosingForm):
    """Two languages, and one principle or all: seven in two languages are fifteen screens on a phone."""

    left = forms.ChoiceField(label=_("One language"), choices=LANGUAGE_CHOICES)
    right = forms.ChoiceField(label=_("The other"), choices=LANGUAGE_CHOICES)
    principle = forms.TypedChoiceField(
        label=_("Principle"),
        choices=[("", _("All seven")), *((str(number), str(number)) for number in range(1, 8))],
        coerce=int,
        empty_value=None,
        required=False,
    )

    @classmethod
    def of(cls, data):
        # The page's language, and the one that its readers understand best.
        left, right, _third = languages.FALLBACK[languages.current()]
        return cls._forgiving(data, {"left": left, "right": right, "principle": "1"})


class VersionsForm(_ChoosingForm):
    """Two versions out of a wording's history."""

    old = forms.TypedChoiceField(label=_("From"), coerce=int)
    new = forms.TypedChoiceField(label=_("To"), coerce=int)

    def __init__(self, data, versions):
        super().__init__(data)
        choices = [(row.version, _label(row)) for row in versions]
        self.fields["old"].choices = self.fields["new"].choices = choices

    @classmethod
    def of(cls, data, versions):
        # The last change; of a single version, none.
        newest, before = versions[0], versions[min(1, len(versions) - 1)]
        return cls._forgiving(data, {"old": before.version, "new": newest.version}, versions)


def _label(wording):
    day = dates.short_date(wording.adopted_on)
    return _("Version %(version)s, %(day)s") % {"version": wording.version, "day": day}


class WordingForm(forms.ModelForm):
    """A new wording of a principle; the current one stays in the history."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES)
    source_url = WebAddressField(label=_("Source address"), max_length=500)

    class Meta:
        model = PrincipleWording
        fields = ("language", "title", "body", "source_name", "source_url", "adopted_on")
        widgets = {
            "body": MarkdownWidget,
            "adopted_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "body": _("You can use Markdown: an empty line between paragraphs, “- ” before each point of a list."),
            "source_name": _("Where the text comes from. Leave this empty if the chapter wrote it."),
            "adopted_on": _("The day the chapter agreed on this wording."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].required = True

    @classmethod
    def starting_from(cls, principle, request):
        """Bound to what was posted, or filled with the current wording in `?language=`."""
        if request.method == "POST":
            return cls(request.POST)
        language = request.GET.get("language")
        language = language if language in languages.CODES else languages.current()
        return cls(initial={"language": language, "adopted_on": chapter_today(), **_current(principle, language)})

    def clean_source_name(self):
        name = self.cleaned_data["source_name"]
        # Wordings of that source are replaced by the next release.
        if name.casefold() == SHIPPED_SOURCE.casefold():
            raise ValidationError(
                _("That name is reserved for the wordings that come with the site. Enter another source.")
            )
        return name

    def clean_adopted_on(self):
        day = self.cleaned_data["adopted_on"]
        if day > chapter_today():
            raise ValidationError(_("A wording applies as soon as you save it. Choose today or an earlier date."))
        return day


def _current(principle, language):
    now = principle.wordings.in_language(language).first()
    if now is None:
        return {}
    text = {"title": now.title, "body": now.body}
    # Words that an organiser edits are no longer the project's own.
    return text if now.is_shipped else {**text, "source_name": now.source_name, "source_url": now.source_url}
