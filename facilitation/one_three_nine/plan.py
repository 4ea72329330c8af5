"""How a 1-3-9 is set: the sizes of its levels, and a question and a time for each step."""

import re
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_LEVELS, LARGEST = 4, 30
MOST_MINUTES = 60
DASHES = re.compile(r"\s*[-–—‐‑/,;]\s*|\s+")


def numbers_of(text) -> list[int]:
    """The numbers of "1-3-9", however they are parted. Raises ValueError."""
    return [int(part) for part in DASHES.split(text.strip()) if part]


def clean_sizes(text) -> str:
    """ "1-3-9" in its one way of writing. Raises ValidationError."""
    try:
        sizes = numbers_of(text)
    except ValueError:
        sizes = []
    rising = all(larger > smaller and larger % smaller == 0 for smaller, larger in pairwise(sizes))
    if sizes[:1] != [1] or not 2 <= len(sizes) <= MOST_LEVELS or not rising or sizes[-1] > LARGEST:
        raise ValidationError(
            _("Write numbers such as 1-3-9 or 1-2-4: from 1 on, each a multiple of the one before, 30 at most.")
        )
    return "-".join(map(str, sizes))


def clean_minutes(text) -> str:
    """ "3-6-10" in its one way of writing. Raises ValidationError."""
    try:
        minutes = numbers_of(text)
    except ValueError:
        minutes = []
    if not 1 <= len(minutes) <= MOST_LEVELS or max(minutes) > MOST_MINUTES:
        raise ValidationError(_("Write minutes such as 3-6-10, one number for each step, 60 at most."))
    return "-".join(map(str, minutes))


def levels(activity) -> list[int]:
    """The sizes of the groups, without the step in which each is alone."""
    return numbers_of(activity.sizes)[1:]


def seconds(activity, level) -> int:
    """For this level, 0 for the step alone; the last number counts on. 0: no clock."""
    minutes = numbers_of(activity.minutes) or [0]
    return minutes[min(level, len(minutes) - 1)] * 60


def question(activity, level) -> str:
    """The question of this level, else that of the whole."""
    own = [line.strip() for line in activity.questions.split("\n")]
    return (own[level] if level < len(own) else "") or activity.question
