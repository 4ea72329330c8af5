"""Makkers: the one person who knows what you mean to do, and asks on the day."""

from .actions import (
    NotOpen,
    OwnMakker,
    Taken,
    accept_as_guest,
    accept_as_member,
    adopt_guest_rows,
    confirm,
    invitation_key,
    invite,
    invited,
    leave,
    let_go,
    stop_mails,
    want,
    write_line,
)
from .boxes import follow_up
from .nudges import nudge_due

__all__ = [
    "NotOpen",
    "OwnMakker",
    "Taken",
    "accept_as_guest",
    "accept_as_member",
    "adopt_guest_rows",
    "confirm",
    "follow_up",
    "invitation_key",
    "invite",
    "invited",
    "leave",
    "let_go",
    "nudge_due",
    "stop_mails",
    "want",
    "write_line",
]
