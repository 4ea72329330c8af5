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
    takeaways,
    talk,
    topics,
)
from .boards import SETTINGS
from .dots import OverLimit
from .forms import CardForm, JoinForm
from .joining import LeadsStill
from .leading import AlreadyLed, NotLeading, RoleLocked
from .own_meetup import TooSoon
from .steps import Full
from .talk import AnotherStarted
from .topics import Unmergeable

__all__ = [
    "SETTINGS",
    "AlreadyLed",
    "AnotherStarted",
    "CardForm",
    "Full",
    "JoinForm",
    "LeadsStill",
    "NotLeading",
    "OverLimit",
    "RoleLocked",
    "TooSoon",
    "Unmergeable",
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
    "takeaways",
    "talk",
    "topics",
]
