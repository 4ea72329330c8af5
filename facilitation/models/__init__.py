"""The tables of facilitation/."""

from .activity import MAX_QUESTION, Activity
from .board import CODE_LETTERS, MAX_DOTS_EACH, MAX_ROOM, Board, BoardPledge, Participant, board_code
from .card import HIGHEST, MAX_CARD, SCORES_EACH, Card, Deal
from .round import Round, Thumb
from .topic import MAX_DETAIL, MAX_TAKEAWAY, MAX_TOPIC, Dot, RetroItem, Takeaway, Topic

__all__ = [
    "CODE_LETTERS",
    "HIGHEST",
    "MAX_CARD",
    "MAX_DETAIL",
    "MAX_DOTS_EACH",
    "MAX_QUESTION",
    "MAX_ROOM",
    "MAX_TAKEAWAY",
    "MAX_TOPIC",
    "SCORES_EACH",
    "Activity",
    "Board",
    "BoardPledge",
    "Card",
    "Deal",
    "Dot",
    "Participant",
    "RetroItem",
    "Round",
    "Takeaway",
    "Thumb",
    "Topic",
    "board_code",
]
