"""What came of a session: shared notes, and what was agreed. Neither raises the version: only its own page is told."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .. import activities
from ..board_lock import TooLate, tell_pages
from ..models import Session, SessionNote
from ..table import leading
from ..table import steps as table_steps
from .steps import check_hosts, standing

MAX_NOTES = 300


def note(session, *, by, client_id, text) -> SessionNote:
    """Store a line, the same `client_id` once. Raises TooLate once the activity is closed, Full."""
    with _writing(session, by):
        table_steps.check_not_full(session.notes, MAX_NOTES)
        made, _is_new = session.notes.get_or_create(client_id=client_id, defaults={"text": text, "author": by})
    return made


def hide(note, *, by, member) -> None:
    """Take a line off every page and keep the row; for the hosts. Raises NotLeading."""
    with _writing(note.session, by):
        check_hosts(note.session.activity.board, by, member)
        SessionNote.objects.filter(pk=note.pk).update(is_hidden=True)


def remove(note, *, by) -> None:
    """Delete a line; for its author. Raises NotLeading for others."""
    with _writing(note.session, by):
        if note.author_id != by.pk:
            raise leading.NotLeading
        SessionNote.objects.filter(pk=note.pk).delete()


def agree(session, *, by, agreed, version) -> Session:
    """Store what was agreed. Raises ValidationError if somebody has changed it since `version`, TooLate, NotLeading."""
    with _writing(session, by):
        session = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
        if agreed != session.agreed and version != session.agreed_version:
            raise ValidationError(
                {"agreed": _("Someone else has changed this meanwhile. Bring both texts together and save again.")}
            )
        if agreed != session.agreed:
            session.agreed, session.agreed_version = agreed, session.agreed_version + 1
            session.save(update_fields=["agreed", "agreed_version"])
    return session


@contextmanager
def _writing(session, by):
    activity = session.activity
    if activity.is_closed:
        raise TooLate
    with activities.writing(activity, step=activity.step):
        table_steps.check_sits_here(activity.board, by)
        standing(session)
        yield
        tell_pages(activity.board_id)
