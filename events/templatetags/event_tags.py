"""Tags for dates on the events' pages."""

from django import template
from django.utils import timezone

from chapter.text import dates

from ..series import words as series_words

register = template.Library()


@register.filter
def is_this_year(moment):
    return moment.year == timezone.localdate().year


@register.filter
def start_in_words(event):
    """The day of an event, and the hour unless it lasts whole days."""
    start = event.local_start
    return dates.long_date(start) if event.is_whole_days else dates.long_moment(start)


@register.filter
def how_often(series):
    """The rule of a series in plain words."""
    return series_words.how_often(series)
