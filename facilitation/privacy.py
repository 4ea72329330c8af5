"""What a board keeps about its participants, and for how long."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.privacy.registry import Basis, days, earliest, register

from .models import (
    Board,
    BoardPledge,
    Card,
    Deal,
    Dot,
    GroupMember,
    Heart,
    Participant,
    Session,
    SessionDot,
    SessionNote,
    SessionStar,
    SheetLine,
    Takeaway,
    Thumb,
    Topic,
    Workplace,
)
from .table.phases import close_forgotten

CLOSE_AFTER = timedelta(days=3)
FORGET_AFTER = timedelta(days=30)
FORGOTTEN = days(FORGET_AFTER.days)
WRITTEN = _("At a board: your words, nickname and group, whether you had been before.")
WRITTEN_KEPT = format_lazy(_("{period} after it closed; then without your name."), period=FORGOTTEN)
UNTIL_CLOSED = format_lazy(_("Until it closes, {period} after the event at most."), period=days(CLOSE_AFTER.days))
COUNTED = _("Dots, thumbs, scores, hearts, stars and workplace, seen by no one else.")


def export_nothing(member):
    # Nothing on a board is stored with an account, so there is nothing to look up by one.
    return ()


def close_forgotten_boards() -> int:
    """Close boards that stand open CLOSE_AFTER their event, which deletes who placed which dot; how many."""
    long_ago = timezone.now() - CLOSE_AFTER
    open_boards = Board.objects.exclude(phase=Board.Phase.CLOSED)
    is_over = Q(at_event__ends_at__lt=long_ago) | Q(session__activity__board__at_event__ends_at__lt=long_ago)
    forgotten = list(open_boards.filter(is_over, opened_at__lt=long_ago).order_by("pk"))
    for board in forgotten:
        close_forgotten(board)
    return len(forgotten)


def forget_participants() -> int:
    """Delete the participants of boards closed for FORGET_AFTER; how many. Their notes and sessions stay, without a name."""
    close_forgotten_boards()
    long_ago = timezone.now() - FORGET_AFTER
    Session.objects.filter(activity__board__closed_at__lt=long_ago).exclude(host_name="").update(host_name="")
    old = Participant.objects.filter(board__closed_at__lt=long_ago)
    return old.delete()[1].get(Participant._meta.label, 0)


register(
    Participant,
    what=WRITTEN,
    kept=WRITTEN_KEPT,
    export=export_nothing,
    expire=forget_participants,
    oldest=lambda: earliest(Participant.objects, "board__closed_at"),
    basis=Basis.ASKED,
)
register(
    Topic,
    what=WRITTEN,
    kept=WRITTEN_KEPT,
    export=export_nothing,
    basis=Basis.ASKED,
)
register(
    Takeaway,
    what=WRITTEN,
    kept=WRITTEN_KEPT,
    export=export_nothing,
    basis=Basis.ASKED,
)
register(
    Dot,
    what=COUNTED,
    kept=UNTIL_CLOSED,
    export=export_nothing,
    basis=Basis.ASKED,
)
register(
    Thumb,
    what=COUNTED,
    kept=UNTIL_CLOSED,
    export=export_nothing,
    basis=Basis.ASKED,
)
register(
    BoardPledge,
    what=WRITTEN,
    kept=WRITTEN_KEPT,
    export=export_nothing,
    basis=Basis.ASKED,
)
for model in (Card, SheetLine, GroupMember, Session, SessionNote):
    register(model, what=WRITTEN, kept=WRITTEN_KEPT, export=export_nothing, basis=Basis.ASKED)
for model in (Deal, Heart, SessionDot, SessionStar, Workplace):
    register(model, what=COUNTED, kept=UNTIL_CLOSED, export=export_nothing, basis=Basis.ASKED)
