"""The rule of a series in the reader's language: "Third Thursday of every month, 11:30–12:30, not in July"."""

from datetime import datetime, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chapter.text import dates

ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def how_often(series) -> str:
    start = datetime(2000, 1, 1, series.starts_at.hour, series.starts_at.minute)
    hours = {
        "start": dates.clock(start),
        "end": dates.clock(start + timedelta(minutes=series.minutes)),
        "often": _often(series),
    }
    if series.skips_july:
        return capfirst(_("%(often)s, %(start)s–%(end)s, not in July") % hours)
    return capfirst(_("%(often)s, %(start)s–%(end)s") % hours)


def _often(series):
    if series.rule == series.Rule.WEEKS:
        return _weeks(series)
    return _weekday(series) if series.rule == series.Rule.WEEKDAY else _day(series)


def _weeks(series):
    words = {"weekday": WEEKDAYS[series.weekday], "n": series.every_weeks}
    if series.every_weeks == 1:
        return _("every %(weekday)s") % words
    if series.every_weeks == 2:
        return _("every other %(weekday)s") % words
    return _("every %(n)d weeks, on a %(weekday)s") % words


def _weekday(series):
    sentence = {
        1: _("first %(weekday)s of every month"),
        2: _("second %(weekday)s of every month"),
        3: _("third %(weekday)s of every month"),
        4: _("fourth %(weekday)s of every month"),
        -1: _("last %(weekday)s of every month"),
    }[series.nth]
    return sentence % {"weekday": WEEKDAYS[series.weekday]}


def _day(series):
    if series.day_of_month == 31:
        return _("the last day of every month")
    day = {"day": _ordinal(series.day_of_month)}
    if series.day_of_month > 28:
        return _("the %(day)s of every month, or its last day") % day
    return _("the %(day)s of every month") % day


def _ordinal(day):
    # 15th in English; the other languages put what they need around the number.
    return f"{day}{ORDINALS.get(day, 'th')}" if get_language() == "en" else str(day)
