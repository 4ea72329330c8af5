"""Parts that forms share: the guard of forms that anyone may send, and choices whose texts have a language."""

import time

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import languages

SALT = "chapter.forms.opened"
MAX_SECONDS = 24 * 60 * 60


class GuardedForm(forms.Form):
    """A form that anyone may send: a field that only machines fill in, and a signed time of opening.

    Put it first among the bases. Whatever gives a machine away, the answer is the same sentence, what was
    typed stays, except in the trap, and the form may simply be sent again.
    """

    trap_name = "website"

    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fresh = signing.dumps(int(time.time()), salt=SALT)
        self.initial["opened"] = self.fields["opened"].initial = fresh

    def clean(self):
        cleaned = super().clean()
        if self.cleaned_data.get("website") or not self._took_a_human_time():
            self.data = self.data.copy()
            self.data[self.add_prefix("opened")] = self.initial["opened"]
            # A browser may have filled it in; whoever cannot see it cannot empty it.
            self.data[self.add_prefix("website")] = ""
            raise ValidationError(_("We couldn’t receive the form. Please send it again."), code="guard")
        return cleaned

    def _took_a_human_time(self):
        try:
            opened = signing.loads(self.cleaned_data.get("opened", ""), salt=SALT, max_age=MAX_SECONDS)
        except signing.BadSignature:
            return False
        return time.time() - opened >= settings.FORM_GUARD_SECONDS


class MarksLanguage:
    """Of a widget for rows: says of each row, or of its wording, that it is in another language than the page."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        row = getattr(value, "instance", None)
        language = getattr(getattr(row, "wording", row), "language", "")
        if language and language != languages.current():
            option["attrs"]["lang"] = language
        return option


class LanguageSelect(MarksLanguage, forms.Select):
    pass


class LanguageCheckboxes(MarksLanguage, forms.CheckboxSelectMultiple):
    pass
