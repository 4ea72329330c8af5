"""The card to take home from a board: A6, with what its person wrote there, or blank to be written on."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from microactions.models import Microaction

from ..models import Topic

# So many letters of one text, and of all four, stand on a card in large type.
LARGE_TEXT, LARGE_CARD = 90, 220
# Where the code on a card leads
OWN, PLEDGE, EVENT = "own", "pledge", "event"


class Card(NamedTuple):
    """What stands on one card; what is empty is a line to write on. Of others there is the buddy's name alone."""

    leads_to: str
    address: str
    name: str = ""
    note: Topic | None = None
    microaction: Microaction | None = None
    makker: str = ""

    @property
    def is_dense(self):
        """Whether there is more on it than stands there in large type."""
        found = self.microaction
        words = [found.what, found.cue, found.first_step] if found else []
        lengths = [len(text) for text in [*words, self.note.text if self.note else ""]]
        return max(lengths) > LARGE_TEXT or sum(lengths) > LARGE_CARD


def blank_card(board, **filled):
    """A card without a microaction: its code leads to the form for one, which is open on the evening and later."""
    return Card(PLEDGE, f"{settings.SITE_URL}{reverse('pledge')}?event={board.event.slug}", **filled)


def card_of(board, *, me=None, member=None, token=""):
    """The card of a participant, or of whoever holds the token of a microaction from this board; else a blank one.

    Three queries at most. `member` is who is signed in, if anybody.
    """
    pledge = _pledge(board, me, token)
    if pledge and pledge.microaction.token == token:
        me = pledge.participant
    filled = {"name": me.nickname, "note": _note(board, me)} if me else {}
    if pledge is None:
        return blank_card(board, **filled)
    found = pledge.microaction
    if not _is_proven(found, member, token):
        return Card(EVENT, f"{settings.SITE_URL}{board.event.get_absolute_url()}", microaction=found, **filled)
    address = f"{settings.SITE_URL}{reverse('microaction_manage', args=[found.token])}"
    return Card(OWN, address, microaction=found, makker=_makker(found), **filled)


def _pledge(board, me, token):
    """The pledge that the token is of, else the latest one of the participant that was not let go."""
    rows = board.pledges.select_related("participant", "microaction__makker__member").order_by("-pk")
    if token and (held := rows.filter(microaction__token=token).first()):
        return held
    rows = rows.exclude(microaction__status=Microaction.Status.LET_GO)
    return rows.filter(participant=me).first() if me else None


def _note(board, me):
    return board.topics.written_by(me).in_pitch_order().first()


def _is_proven(microaction, member, token):
    """Whether the reader is its person for sure: an address that was typed at the table may be another's."""
    is_members_own = member is not None and microaction.member_id == member.pk
    return microaction.token == token or microaction.is_unnamed or is_members_own


def _makker(microaction):
    makker = getattr(microaction, "makker", None)
    return makker.person_name if makker and makker.is_accepted else ""
