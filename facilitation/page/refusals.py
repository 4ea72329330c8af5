"""What a person reads when a board says no: one clear sentence, and what to do now."""

from functools import singledispatch

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..board_lock import Closed, TooLate
from ..table import (
    AlreadyLed,
    AnotherStarted,
    Full,
    LeadsStill,
    NotLeading,
    OverLimit,
    RoleLocked,
    TooSoon,
    Unmergeable,
)


@singledispatch
def sentence(refusal):
    return str(refusal)


@sentence.register
def _closed(refusal: Closed):
    return _("The board is closed. Nothing more can be written on it.")


@sentence.register
def _too_late(refusal: TooLate):
    return _("That moment is over: the board has moved on. Nothing was changed. This is how it is now.")


@sentence.register
def _not_leading(refusal: NotLeading):
    return _("You do not lead this board now, so nothing was changed.")


@sentence.register
def _role_locked(refusal: RoleLocked):
    return _("Only an organiser can take over here. Ask whoever leads to hand the role to you.")


@sentence.register
def _already_led(refusal: AlreadyLed):
    if refusal.leader is None:
        return _("Nobody leads any more. Press once more to take over.")
    return _("%(name)s took over just before you.") % {"name": refusal.leader.display_name}


@sentence.register
def _leads_still(refusal: LeadsStill):
    return _("You lead this board. Hand the role to somebody before you leave.")


@sentence.register
def _over_limit(refusal: OverLimit):
    if not refusal.left:
        return _("All dots are used. Take one away somewhere first.")
    text = ngettext(
        "Only %(left)s dot is left, so nothing was changed.",
        "Only %(left)s dots are left, so nothing was changed.",
        refusal.left,
    )
    return text % {"left": refusal.left}


@sentence.register
def _another_started(refusal: AnotherStarted):
    return _("“%(topic)s” was started just before you.") % {"topic": refusal.topic.text}


@sentence.register
def _unmergeable(refusal: Unmergeable):
    return _("These two cannot be merged: one of them is under another note already, gone, or talked about.")


@sentence.register
def _full(refusal: Full):
    return _("This board is full: it cannot hold more notes.")


@sentence.register
def _too_soon(refusal: TooSoon):
    return _("This topic has not been continued three times yet.")


@sentence.register
def _not_allowed(refusal: PermissionDenied):
    return _("Only an organiser who is signed in can do this.")


REFUSALS = tuple(kind for kind in sentence.registry if kind is not object)
