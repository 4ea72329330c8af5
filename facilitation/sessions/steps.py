"""The steps of a day of sessions, and who may lay its grid."""

from django.utils.translation import pgettext_lazy

from events.models import Event

from ..board_lock import TooLate
from ..models import Activity, Session
from ..table import leading

PITCH, DOTS, PLAN, DAY = "pitch", "dots", "plan", "day"
STEPS = (
    (PITCH, pgettext_lazy("sessions step", "Pitch")),
    (DOTS, pgettext_lazy("sessions step", "Dots")),
    (PLAN, pgettext_lazy("sessions step", "Grid")),
    (DAY, pgettext_lazy("sessions step", "Sessions")),
)
ORDER = [value for value, _ in STEPS]


def of_board(board) -> Activity | None:
    """The latest sessions of a board."""
    return board.activities.filter(kind=Activity.Kind.SESSIONS).last()


def is_host(board, by, member) -> bool:
    """Whether this participant may lay the grid: who leads, and those who run the event and are signed in."""
    if by is None or by.board_id != board.pk:
        return False
    return board.leader_id == by.pk or _runs_event(board, member)


def check_hosts(board, by, member) -> None:
    if not is_host(board, by, member):
        raise leading.NotLeading


def standing(session) -> Session:
    """The session, read again. Raises TooLate if it was withdrawn meanwhile; needs a lock on its activity."""
    found = Session.objects.standing().filter(pk=session.pk).first()
    if found is None:
        raise TooLate
    return found


def _runs_event(board, member):
    is_known = getattr(member, "is_authenticated", False)
    return is_known and Event.objects.run_by(member).filter(pk=board.at_event_id).exists()
