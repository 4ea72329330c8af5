"""Events in and out: import from ICS and CSV, export and restore of the site."""

from .exporting import export, exported
from .restoring import restore

__all__ = ["export", "exported", "restore"]
