"""Events on other sites: embedding, JSON, structured data and share cards."""

from . import card
from .structured_data import event_json_ld

__all__ = ["card", "event_json_ld"]
