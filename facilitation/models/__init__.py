"""The tables of facilitation/."""

from .activity import MAX_QUESTION, Activity
from .board import CODE_LETTERS, MAX_DOTS_EACH, MAX_ROOM, Board, BoardPledge, Participant, board_code
from .round import Round, Thumb
from .topic import MAX_DETAIL, MAX_TAKEAWAY, MAX_TOPIC, Dot, RetroItem, Takeaway, Topic

__all__ = [
    "CODE_LETTERS",
    "MAX_DETAIL",
    "MAX_DOTS_EACH",
    "MAX_QUESTION",
    "MAX_ROOM",
    "MAX_TAKEAWAY",
    "MAX_TOPIC",
    "Activity",
    "Board",
    "BoardPledge",
    "Dot",
    "Participant",
    "RetroItem",
    "Round",
    "Takeaway",
    "Thumb",
    "Topic",
    "board_code",
]
