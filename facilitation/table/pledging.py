"""Microactions that are written at a board. Each belongs to its person, with or without an address."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from microactions import pledges

from ..board_lock import TooLate, changing, unchanged
from ..models import BoardPledge
from .leading import check_may_write
from .steps import check_not_full

MAX_PLEDGES = 5000


def pledge(
    board, *, by, client_id, language, in_summary, email="", member=None, for_room=False, **pledge_fields
) -> BoardPledge:
    """Store a pledge from this board's event, the same `client_id` only once. Locks the board.

    It is the member's; or the guest's, who gets a mail to confirm it; or without both nobody's, and its own page is the
    only way to it. `for_room`: the leader (else NotLeading) writes for somebody, and it is never the leader's own.
    `pledge_fields` are columns of Microaction. Raises ValidationError for a day that cannot be chosen, and for a buddy
    who could not be told whose; TooLate for a `client_id` that somebody else has used, Full, Closed.
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
        _check_can_be_paired(**owner, wants_makker=pledge_fields.get("wants_makker", False))
        microaction = _store(**owner, language=language, **{**pledge_fields, "event": board.event})
        return board.pledges.create(
            participant=participant, microaction=microaction, client_id=client_id, in_summary=in_summary
        )


def _check_can_be_paired(*, member, email, wants_makker):
    if wants_makker and not (member or email):
        raise ValidationError({"email": _("We need an email address to tell you who your buddy is.")})


def _store(*, member, email, language, **fields):
    if member:
        return pledges.pledge_as_member(member, language=language, **fields)
    if email:
        return pledges.pledge_as_guest(email, language=language, **fields)
    return pledges.pledge_unnamed(language=language, **fields)
