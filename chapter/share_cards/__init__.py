"""Share cards: the pictures that other sites show beside a link."""

from . import sheet, site_card, store
from .sheet import MARGIN, WIDTH

__all__ = ["MARGIN", "WIDTH", "sheet", "site_card", "store"]
