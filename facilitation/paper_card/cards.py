"""The paper card (A6) to take home from a board, with what its person wrote there, or blank."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from microactions.models import Microaction

from ..models import Topic

# Above so many letters of one text, or of all four, a card is set in small type.
LARGE_TEXT, LARGE_CARD = 90, 220
# Where the QR code leads
OWN, PLEDGE, EVENT = "own", "pledge", "event"


class PaperCard(NamedTuple):
    """One card; an empty field is a line to write on. Of others it tells the makker's name alone."""

    leads_to: str
    address: str
    name: str = ""
    note: Topic | None = None
    microaction: Microaction | None = None
    makker: str = ""

    @property
    def is_dense(self):
        found = self.microaction
        words = [found.what, found.cue, found.first_step] if found else []
        lengths = [len(text) for text in [*words, self.note.text if self.note else ""]]
        return max(lengths) > LARGE_TEXT or sum(lengths) > LARGE_CARD


def blank_paper_card(board, **filled) -> PaperCard:
    # Without a microaction: the code leads to the form for one, on the evening and later.
    return PaperCard(PLEDGE, f"{settings.SITE_URL}{reverse('pledge')}?event={board.event.slug}", **filled)


def paper_card_of(board, *, me=None, member=None, token="") -> PaperCard:
    """The card of a participant, or of the holder of a microaction's token; else a blank one. Three queries at most.

    `member` is the account that is signed in, if any.
    """
    pledge = _pledge(board, me, token)
    if pledge and pledge.microaction.token == token:
        me = pledge.participant
    filled = {"name": me.nickname, "note": board.topics.written_by(me).in_pitch_order().first()} if me else {}
    if pledge is None:
        return blank_paper_card(board, **filled)
    found = pledge.microaction
    # An address that was typed at the table may be another's: its link is for a proven person alone.
    is_members_own = member is not None and found.member_id == member.pk
    if not (found.token == token or found.is_unnamed or is_members_own):
        return PaperCard(EVENT, f"{settings.SITE_URL}{board.event.get_absolute_url()}", microaction=found, **filled)
    address = f"{settings.SITE_URL}{reverse('microaction_manage', args=[found.token])}"
    return PaperCard(OWN, address, microaction=found, makker=_makker(found), **filled)


def _pledge(board, me, token):
    # The token's, else the participant's latest one that was not let go.
    rows = board.pledges.select_related("participant", "microaction__makker__member").order_by("-pk")
    if token and (held := rows.filter(microaction__token=token).first()):
        return held
    rows = rows.exclude(microaction__status=Microaction.Status.LET_GO)
    return rows.filter(participant=me).first() if me else None


def _makker(microaction):
    makker = getattr(microaction, "makker", None)
    return makker.person_name if makker and makker.is_accepted else ""
