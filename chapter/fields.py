"""Text and address fields without control characters, bidirectional overrides and invisible names.

The model fields `LineField` and `TextField` bring their form fields along, so every ModelForm is covered.
"""

import re
import unicodedata
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _
from markdownx.widgets import MarkdownxWidget

from . import addresses

# C0 and C1 controls (tab and line feed apart), the bidirectional overrides that can disguise a text, and the noncharacters:
# an XML file with one of them is taken by no reader, so that it would end a feed for everybody. NUL is in no column.
STORABLE_CONTROLS = "".join(
    [
        "\x01-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef",
        *(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)),
    ]
)
CONTROLS = re.compile(f"[\x00{STORABLE_CONTROLS}]")
# With the spaces around it: what is one line in a subject, a heading or a calendar has one space there.
LINE_BREAK = r"[ \t]*[\n\r\t\u2028\u2029][ \n\r\t\u2028\u2029]*"
LINE_BREAKS = re.compile(LINE_BREAK)
LONE_SURROGATES = re.compile("[\ud800-\udfff]")
INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp", "Mn", "Me"}
# Blank on every screen though their category is letter or symbol: the Hangul fillers, the empty Braille cell.
BLANKS = "\u115f\u1160\u3164\uffa0\u2800"


def without_controls(value: str) -> str:
    """Unix line ends, and nothing that no text may hold."""
    value = LONE_SURROGATES.sub("", value).replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", value)


def clean_text(value: str) -> str:
    """NFC, unix line ends, no control characters."""
    return unicodedata.normalize("NFC", without_controls(value))


def clean_line(value: str) -> str:
    return " ".join(clean_text(LINE_BREAKS.sub(" ", value)).split())


# For values that are not rewritten, such as addresses.
def refuse_controls(value):
    if CONTROLS.search(str(value)):
        raise ValidationError(
            _("Remove invisible characters from this field. Typing the text again usually helps."), code="controls"
        )


def is_invisible(value: str) -> bool:
    return bool(value) and all(letter in BLANKS or unicodedata.category(letter) in INVISIBLE for letter in value)


class _CleanFormField(forms.CharField):
    clean_with = staticmethod(clean_text)

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return value
        # Removing control characters may leave spaces at the edges.
        value = self.clean_with(str(value)).strip()
        if is_invisible(value):
            raise ValidationError(_("Write at least one visible character."), code="invisible")
        return value or self.empty_value


class LineFormField(_CleanFormField):
    clean_with = staticmethod(clean_line)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # clean_text removes NUL; Django's validator would refuse it with a technical message.
        self.validators = [v for v in self.validators if type(v).__name__ != "ProhibitNullCharactersValidator"]


class TextFormField(LineFormField):
    widget = forms.Textarea
    clean_with = staticmethod(clean_text)


class MarkdownWidget(MarkdownxWidget):
    """The Markdown editor, with scripts of our own. A form with `data-drafts` also keeps what is not stored yet."""

    class Media:
        extend = False
        js = [
            Script(f"js/{name}.js", defer=True)
            for name in ("drafts", "editor/toolbar", "editor/editor", "editor/unsaved")
        ]


def demanded_at_times(field: forms.Field) -> forms.Field:
    """A field that the form's `clean` may demand: its label does not say that it is optional."""
    field.is_demanded_at_times = True
    return field


def refuse_links(value):
    if addresses.has_link(str(value)):
        raise ValidationError(_("Don’t include a web address or an email address."), code="link")


class NameFormField(LineFormField):
    """Who somebody is, or where they work. Others read it at once, so it is no place for an address."""

    default_validators = [refuse_links]


class WebAddressField(forms.URLField):
    default_validators = [refuse_controls, URLValidator(schemes=["https", "http"])]

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "max_length": 200, "assume_scheme": "https", **kwargs})


class EmailFormField(forms.EmailField):
    """An address in its normal form (`chapter/addresses/`), or a message."""

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return value
        refuse_controls(value)
        return addresses.checked(value)

    def prepare_value(self, value):
        return addresses.readable(value) if isinstance(value, str) else value


class _Tidied:
    """A column whose values are tidied on every way to the database: forms, imports, commands, `update` and lookups."""

    def tidy(self, value):
        return without_controls(value)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return self.tidy(value) if isinstance(value, str) else value

    def pre_save(self, instance, add):
        value = super().pre_save(instance, add)
        if isinstance(value, str):
            value = self.tidy(value)
            setattr(instance, self.attname, value)
        return value


class LineField(_Tidied, models.CharField):
    def tidy(self, value):
        if LINE_BREAKS.search(value):
            value = LINE_BREAKS.sub(" ", value).strip()
        return super().tidy(value)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LineFormField, **kwargs})


class AddressField(_Tidied, models.EmailField):
    """An e-mail address, stored and looked up in its normal form. The model adds `addresses.is_normal(…)`."""

    def tidy(self, value):
        return addresses.normal(value)

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        return addresses.checked(value) if value else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": EmailFormField, **kwargs})


class TextField(_Tidied, models.TextField):
    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": TextFormField, **kwargs})


def label(column) -> property:
    """The name of a row's choice, as Django's `get_…_display`, which reads the names of all choices each time."""

    def name(row):
        chosen = getattr(row, column)
        return str(_labels(type(row), column).get(chosen, chosen))

    return property(name)


@cache
def _labels(model, column):
    return dict(model._meta.get_field(column).flatchoices)
