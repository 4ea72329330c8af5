"""Backups: what is in them, what is written beside them, and what a restored database is told before anybody sees it."""

from .pictures import pack, unpack
from .returning import Since, TooOld, come_back
from .since import written

__all__ = ["Since", "TooOld", "come_back", "pack", "unpack", "written"]
