"""Microactions that are written at a board, each its person’s, with or without an address; and a buddy for all who want one."""

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from microactions import pairing, pledges

from ..board_lock import TooLate, changing, unchanged
from ..models import BoardPledge
from . import phases
from .leading import check_leads, check_may_write
from .steps import check_not_full

MAX_PLEDGES = 5000


def pledge(
    board, *, by, client_id, language, in_summary, email="", member=None, for_room=False, **pledge_fields
) -> BoardPledge:
    """Store a pledge from this board's event, the same `client_id` only once. Locks the board.

    It is the member's; or the guest's, who gets a mail to confirm it; or without both nobody's, and its own page is the
    only way to it. `for_room`: the leader (else NotLeading) writes for somebody, and it is never the leader's own.
    `pledge_fields` are columns of Microaction. Raises ValidationError for a day that cannot be chosen, and
    for the buddy of somebody without a phone and an address; TooLate for a `client_id` that somebody else has used, Full, Closed.
    """
    with changing(board) as board:
        check_may_write(board, by, for_room=for_room)
        participant = None if for_room else by
        stored = board.pledges.select_related("participant").filter(client_id=client_id).first()
        if stored:
            # The answer carries the link that manages it, so nobody gets another person's.
            if stored.participant != participant:
                raise TooLate
            unchanged(board)
            return stored
        check_not_full(board.pledges, MAX_PLEDGES)
        owner = {"member": None if for_room else member, "email": email}
        if for_room and pledge_fields.get("wants_makker") and not email:
            raise ValidationError({"email": _("We need their email address to tell them who their buddy is.")})
        microaction = _store(**owner, language=language, **{**pledge_fields, "event": board.event})
        return board.pledges.create(
            participant=participant, microaction=microaction, client_id=client_id, in_summary=in_summary
        )


def _store(*, member, email, language, **fields):
    if member:
        return pledges.pledge_as_member(member, language=language, **fields)
    if email:
        return pledges.pledge_as_guest(email, language=language, **fields)
    return pledges.pledge_unnamed(language=language, **fields)


def pair_everyone(board, *, by) -> None:
    """Pair all at this board who want a buddy, at random; mails those who gave an address. Raises NotLeading, Closed."""
    with changing(board) as board:
        check_leads(board, by)
        if wanting(board).count() < 2:
            return unchanged(board)
        _pair(board)


def wanting(board):
    """The microactions of people at this board who want a buddy and have none."""
    return pairing.wanting().filter(at_board__board=board, at_board__participant__isnull=False)


@phases.at_closing
def _pair(board) -> None:
    # In the board's language: it is stored with the pair.
    with translation.override(board.language):
        people = board.pledges.filter(microaction__in=wanting(board)).select_related("participant")
        called = {pledge.microaction_id: pledge.participant.display_name for pledge in people}
    pairing.pair_in_room(board.event.pk, called)
