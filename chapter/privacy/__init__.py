"""The register of personal data: what is kept, exported, erased, and deleted by itself."""

from .registry import days, earliest, entries, erase, export, register
from .retention import DELETED, RAN, last_report

__all__ = ["DELETED", "RAN", "days", "earliest", "entries", "erase", "export", "last_report", "register"]
