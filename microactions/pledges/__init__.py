"""Pledges: a microaction from its first sentence to its confirmation."""

from . import ideas
from .actions import (
    NotOpen,
    adopt_guest_rows,
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
from .calendar import microaction_ics as calendar_file
from .forms import EXAMPLES, Chosen, DayInput, EventField, HintedTextarea, WallFilter, visibility_choices
from .views import back_to_own_page, hint_at

__all__ = [
    "EXAMPLES",
    "Chosen",
    "DayInput",
    "EventField",
    "HintedTextarea",
    "NotOpen",
    "WallFilter",
    "adopt_guest_rows",
    "approve",
    "back_to_own_page",
    "calendar_file",
    "change_visibility",
    "confirm",
    "delete",
    "give_to_member",
    "hide",
    "hint_at",
    "ideas",
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
