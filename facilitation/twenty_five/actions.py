"""What each person does with cards. Many do it in the same seconds, so none of it locks the board (`activities.writing`)."""

from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from .. import activities
from ..board_lock import TooLate
from ..models import Card, Deal
from ..table import leading, steps
from .steps import ROUND, WRITE

# Far more than a hall holds.
MAX_CARDS = 3000


class RoundOver(TooLate):
    sentence = _("The round had already ended, so this score wasn’t counted.")


class WritingOver(TooLate):
    sentence = _("The scoring has begun, so the card can no longer be changed.")


def write(activity, *, by, client_id, text, for_room=False) -> Card | None:
    """Store the one card of this person, or change its words; the same `client_id` never makes a second one.

    `for_room`: the leader (else NotLeading) writes the card of somebody without a phone. Raises WritingOver, Full, and
    TooLate for a removed participant.
    """
    if for_room:
        leading.check_leads(activity.board, by)
    with _while_writing(activity, by):
        made = activity.cards.filter(client_id=client_id).first()
        own = made if for_room else activity.cards.filter(author=by).first()
        if own is None:
            return None if made else _add(activity, author=None if for_room else by, client_id=client_id, text=text)
        own.text = text
        own.save(update_fields=["text"])
        return own


def withdraw(activity, *, by) -> None:
    """Delete this person’s card. Raises WritingOver, and TooLate for a removed participant."""
    with _while_writing(activity, by):
        activity.cards.filter(author=by).delete()


def score(deal, *, by, score) -> Deal:
    """Score the card that this person holds; until the round ends it may be changed. Raises RoundOver."""
    with activities.writing(deal.activity, step=ROUND, number=deal.round, refusal=RoundOver):
        # No row: it is not, or no longer, in this person’s hands.
        if not deal.activity.deals.filter(pk=deal.pk, rater=by).update(score=score):
            raise RoundOver
    deal.score = score
    return deal


@contextmanager
def _while_writing(activity, by):
    """Hold the step, and the person: two taps of theirs come one after the other, and they cannot leave meanwhile."""
    with activities.writing(activity, step=WRITE, refusal=WritingOver):
        people = activity.board.participants.select_for_update(no_key=True)
        if not people.filter(pk=by.pk).exists():
            raise TooLate
        yield


def _add(activity, **fields):
    steps.check_not_full(activity.cards, MAX_CARDS)
    return activity.cards.create(**fields)
