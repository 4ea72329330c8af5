"""The three mails about a microaction: the morning of its day, the question after it, and the question once more."""

from django.utils.translation import override

from chapter.mail import Letter, letter

from .. import dates
from ..letters import letter_about, manage_url, microaction_of
from .actions import Outcome


@letter("morning", unasked=False)
def morning(delivery) -> Letter | None:
    """That today is the day. Nothing if it is another day by now, or the microaction was moved or settled."""
    microaction = _in_its_round(delivery)
    if microaction is None or microaction.due_on != dates.today():
        return None
    return letter_about(microaction, "check_ins/mail/morning")


@letter("check_in", unasked=False)
@letter("check_in_again", unasked=False)
def check_in(delivery) -> Letter | None:
    """How did it go? Nothing if it was answered, moved or stopped while the mail was queued."""
    microaction = _in_its_round(delivery)
    if microaction is None:
        return None
    return letter_about(microaction, f"check_ins/mail/{delivery.kind}", context={"answers": _answers(microaction)})


def _in_its_round(delivery):
    # A new date since the mail was queued makes it another round, and this mail outdated.
    microaction = microaction_of(delivery)
    is_same = microaction and microaction.is_open and delivery.sequence == microaction.round
    return microaction if is_same else None


def _answers(microaction):
    # Links of the mail only choose an answer: mail scanners open them all, so the page's button stores it.
    page = manage_url(microaction)
    with override(microaction.language):
        return [(str(label), f"{page}?outcome={value}#report") for value, label in Outcome.choices]
