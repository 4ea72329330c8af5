"""The nudge: one mail to the makker in the morning of the day, and no other."""

import logging

from django.db import DatabaseError, transaction
from django.utils import timezone

from chapter import mail

from .. import dates
from ..models import Makker

logger = logging.getLogger(__name__)


def nudge_due() -> int:
    """Nudge the makkers of the day; returns how many. Twice at once nudges nobody twice."""
    today = dates.today()
    return sum(_try_to_nudge(pk, today) for pk in Makker.objects.to_nudge(today).values_list("pk", flat=True))


def _try_to_nudge(pk, today):
    try:
        return _nudge(pk, today)
    except DatabaseError:  # one row that is locked for long must not keep the others waiting
        logger.exception("could not nudge makker %s", pk)
        return False


@transaction.atomic
def _nudge(pk, today):
    # The makker's row alone is locked: nothing else changes.
    rows = Makker.objects.to_nudge(today).select_for_update(of=("self",), skip_locked=True)
    makker = rows.filter(pk=pk).first()
    if makker is None:
        return False
    makker.nudged_at = timezone.now()
    makker.save(update_fields=["nudged_at"])
    mail.post("makker_nudge", makker.pk)
    return True
