"""Transfer: import from ICS and CSV, export and restore."""

from .exporting import export, exported
from .restoring import restore

__all__ = ["export", "exported", "restore"]
