"""Events on other sites: embedding, JSON, structured data and share cards."""

from .card import share_card
from .structured_data import event_json_ld

__all__ = ["event_json_ld", "share_card"]
