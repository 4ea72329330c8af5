"""The table: what can be done on a board. Each verb locks the board."""

from . import (
    boards,
    dots,
    forms,
    joining,
    lead_forms,
    leading,
    own_meetup,
    phases,
    pledging,
    retro,
    steps,
    takeaways,
    talk,
    topics,
)
from .boards import SETTINGS
from .forms import JoinForm

__all__ = [
    "SETTINGS",
    "JoinForm",
    "boards",
    "dots",
    "forms",
    "joining",
    "lead_forms",
    "leading",
    "own_meetup",
    "phases",
    "pledging",
    "retro",
    "steps",
    "takeaways",
    "talk",
    "topics",
]
