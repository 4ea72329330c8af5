"""Tags for dates on the events' pages."""

from django import template
from django.utils import timezone

from ..series import words as series_words

register = template.Library()


@register.filter
def is_this_year(moment):
    return moment.year == timezone.localdate().year


@register.filter
def how_often(series):
    """The rule of a series in plain words."""
    return series_words.how_often(series)
