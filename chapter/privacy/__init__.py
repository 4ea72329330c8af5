"""The register of personal data: what is kept, exported, erased, and when it expires."""

from . import gone
from .registry import (
    TEXT_STAYS,
    WROTE_A_TEXT,
    Basis,
    authorship_of,
    by_basis,
    days,
    earliest,
    entries,
    erase,
    export,
    hosting_of,
    register,
)
from .retention import DELETED, RAN, last_report

__all__ = [
    "DELETED",
    "RAN",
    "TEXT_STAYS",
    "WROTE_A_TEXT",
    "Basis",
    "authorship_of",
    "by_basis",
    "days",
    "earliest",
    "entries",
    "erase",
    "export",
    "gone",
    "hosting_of",
    "last_report",
    "register",
]
