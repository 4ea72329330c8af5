"""Dots and stars: what each wants to go to. Many place them in the same seconds, so none of it raises the version."""

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from chapter.refusals import Refused

from .. import activities
from ..board_lock import TooLate
from ..models import SESSION_DOTS, Participant, Session, SessionDot, SessionNote, SessionStar
from ..table import joining
from .steps import DOTS, check_hosts, standing


class NoDotsLeft(Refused):
    sentence = _("You have used all your dots. Remove one somewhere else first.")


def set_dot(session, *, by, on) -> None:
    """Place this participant's dot on the session, or take it away; what is so already stays.

    Raises NoDotsLeft; TooLate outside the step for it, and for who was removed or a session that was withdrawn.
    """
    with activities.writing(session.activity, step=DOTS):
        _lock(by)
        session = standing(session)
        placed = SessionDot.objects.filter(activity=session.activity_id, participant=by)
        has_one = placed.filter(session=session)
        if not on:
            has_one.delete()
        elif not has_one.exists():
            taken = set(placed.values_list("number", flat=True))
            free = next((number for number in range(1, SESSION_DOTS + 1) if number not in taken), None)
            if free is None:
                raise NoDotsLeft
            SessionDot.objects.create(activity_id=session.activity_id, session=session, participant=by, number=free)


def set_star(session, *, by, on) -> None:
    """Put the session into this participant's own plan, or take it out. Raises TooLate once the activity is closed."""
    if session.activity.is_closed:
        raise TooLate
    with activities.writing(session.activity, step=session.activity.step):
        _lock(by)
        session = standing(session)
        if on:
            SessionStar.objects.get_or_create(session=session, participant=by)
        else:
            SessionStar.objects.filter(session=session, participant=by).delete()


def set_room_dots(activity, *, by, member, numbers) -> None:
    """Set how many without a phone want to go: {session: number}. Raises NotLeading, and TooLate outside the step."""
    with activities.going_on(activity, step=DOTS, number=activity.number) as (board, activity):
        check_hosts(board, by, member)
        for session, number in numbers.items():
            activity.sessions.filter(pk=session.pk).update(room_dots=number)


def keep_sums(dots, sessions) -> None:
    """Add these dots to the sums of their sessions and delete the rows that say who placed them. Needs a lock."""
    here = dots.filter(session=OuterRef("pk")).order_by().values("session")
    number = here.annotate(number=Count("pk")).values("number")
    sessions.update(sealed_dots=F("sealed_dots") + Coalesce(Subquery(number), 0))
    dots.delete()


def seal(activity) -> None:
    keep_sums(SessionDot.objects.filter(activity=activity), activity.sessions.all())


def unlink(board, activity) -> None:
    """When it closes: sums and words stay, and nothing says who wanted, starred, pitched or wrote them."""
    seal(activity)
    SessionStar.objects.filter(session__activity=activity).delete()
    SessionNote.objects.filter(session__activity=activity).update(author=None)
    activity.sessions.update(pitcher=None)


@joining.at_leaving
def keep_what_was_shown(board, participant) -> None:
    """Once sums were shown, dots stay when their person leaves: the difference would tell what they wanted."""
    for activity in board.activities.filter(kind="sessions", number__gt=0):
        dots = SessionDot.objects.filter(activity=activity, participant=participant)
        keep_sums(dots, Session.objects.filter(activity=activity))


def _lock(by):
    # Two presses of one person come one after the other; others are not kept waiting.
    if not Participant.objects.select_for_update(no_key=True).filter(pk=by.pk).exists():
        raise TooLate
