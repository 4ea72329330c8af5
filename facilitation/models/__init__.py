"""The tables of facilitation/."""

from .activity import MAX_QUESTION, Activity
from .board import CODE_LETTERS, MAX_DOTS_EACH, MAX_ROOM, Board, BoardPledge, Participant, board_code, board_of
from .card import HIGHEST, MAX_CARD, SCORES_EACH, Card, Deal
from .one_three_nine import (
    MAX_LINE,
    MAX_WHEREABOUTS,
    MAX_WORKPLACE,
    Group,
    GroupMember,
    Heart,
    SheetLine,
    Workplace,
)
from .round import Round, Thumb
from .topic import MAX_DETAIL, MAX_TAKEAWAY, MAX_TOPIC, Dot, RetroItem, Takeaway, Topic

__all__ = [
    "CODE_LETTERS",
    "HIGHEST",
    "MAX_CARD",
    "MAX_DETAIL",
    "MAX_DOTS_EACH",
    "MAX_LINE",
    "MAX_QUESTION",
    "MAX_ROOM",
    "MAX_TAKEAWAY",
    "MAX_TOPIC",
    "MAX_WHEREABOUTS",
    "MAX_WORKPLACE",
    "SCORES_EACH",
    "Activity",
    "Board",
    "BoardPledge",
    "Card",
    "Deal",
    "Dot",
    "Group",
    "GroupMember",
    "Heart",
    "Participant",
    "RetroItem",
    "Round",
    "SheetLine",
    "Takeaway",
    "Thumb",
    "Topic",
    "Workplace",
    "board_code",
    "board_of",
]
