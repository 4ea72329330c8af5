"""Tags for dates and languages on the events' pages."""

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from ..series import words as series_words

register = template.Library()


@register.filter
def language_name(code):
    """A language's name in the page's own, as it stands in a sentence: "norsk" on a Norwegian page."""
    name = str(settings.LANGUAGE_NAMES.get(code, code))
    return name if get_language() == "en" else name.lower()


@register.filter
def is_this_year(moment):
    return moment.year == timezone.localdate().year


@register.filter
def how_often(series):
    """The rule of a series in plain words."""
    return series_words.how_often(series)
