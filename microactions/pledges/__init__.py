"""Pledges: a microaction from its first sentence to its confirmation."""

from . import ideas
from .actions import (
    NotOpen,
    approve,
    change_visibility,
    confirm,
    delete,
    give_to_member,
    hide,
    lock,
    pledge_as_guest,
    pledge_as_member,
    pledge_unnamed,
    revise,
    reword,
    show,
    skip_reminder_today,
    stop_mails,
)
from .audiences import visibility_choices
from .forms import EXAMPLES, Chosen, DayInput, EventField, HintedTextarea, WallFilter
from .views import hint_at, limit_mailbox

__all__ = [
    "EXAMPLES",
    "Chosen",
    "DayInput",
    "EventField",
    "HintedTextarea",
    "NotOpen",
    "WallFilter",
    "approve",
    "change_visibility",
    "confirm",
    "delete",
    "give_to_member",
    "hide",
    "hint_at",
    "ideas",
    "limit_mailbox",
    "lock",
    "pledge_as_guest",
    "pledge_as_member",
    "pledge_unnamed",
    "revise",
    "reword",
    "show",
    "skip_reminder_today",
    "stop_mails",
    "visibility_choices",
]
