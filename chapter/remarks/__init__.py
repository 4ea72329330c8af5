"""Remarks: sentences of reports, for a command in English and on the site in each language."""

from .making import Remark, about, in_each_language, joined, remark, remark_of_number
from .storing import line_of, shown, stored

__all__ = [
    "Remark",
    "about",
    "in_each_language",
    "joined",
    "line_of",
    "remark",
    "remark_of_number",
    "shown",
    "stored",
]
