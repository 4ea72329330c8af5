"""Check-ins: three mails at most, the questions in them, and the answer. Silence is never read as failure.

The morning of the day, the day after it, and once more a week later; then silence. A new date begins anew with what is
left of the three. Every mail is queued in a transaction of its own with its microaction's row locked.
"""

import logging

from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chapter import mail
from chapter.refusals import Refused

from .. import dates, pledges
from ..models import Microaction

MORNING_HOURS = range(7, 12)
ASKING_HOURS = range(8, 21)
logger = logging.getLogger(__name__)


class Outcome(models.TextChoices):
    """What a person can answer."""

    DONE = "done", gettext_lazy("Done")
    PARTLY = "partly", gettext_lazy("Partly done")
    NEW_DATE = "new_date", gettext_lazy("I need a new date")
    LET_GO = "let_go", gettext_lazy("I let it go")


class NotConfirmed(Refused):
    """The pledge is pending: there is nothing to tell about it yet."""


def is_morning():
    """Whether it is morning on the chapter's clock."""
    return dates.local_now().hour in MORNING_HOURS


def is_asking_hour():
    """Whether it is day on the chapter's clock: nobody is asked at night."""
    return dates.local_now().hour in ASKING_HOURS


def remind_due():
    """Say to everybody whose day is today, on the chapter's calendar, that it is; how many were reminded.

    Whoever is missed is not reminded later. Running it again, or twice at once, reminds nobody twice.
    """
    return _mail_each(Microaction.objects.to_remind(dates.today()), kind="morning", stamp="reminded_at")


def ask_due():
    """Ask everybody whose day is over, on the chapter's calendar, and a week later once more; how many were asked.

    Running it again, late or twice at once asks nobody twice.
    """
    today = dates.today()
    first = _mail_each(Microaction.objects.to_ask(today), kind="check_in", stamp="asked_at")
    again = Microaction.objects.to_ask_again(today)
    return first + _mail_each(again, kind="check_in_again", stamp="asked_again_at")


def _mail_each(rows, *, kind, stamp):
    """One mail of this kind for each of the rows in its round; the column `stamp` tells that it was queued."""
    return sum(_try_to_mail(rows, pk, kind, stamp) for pk in rows.values_list("pk", flat=True))


def _try_to_mail(rows, pk, kind, stamp):
    try:
        return _mail(rows, pk, kind, stamp)
    except DatabaseError:  # one row that is locked for long must not keep the others waiting; the next run takes it
        logger.exception("could not queue %s about microaction %s", kind, pk)
        return False


@transaction.atomic
def _mail(rows, pk, kind, stamp):
    microaction = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if microaction is None:
        return False
    setattr(microaction, stamp, timezone.now())
    microaction.mails += 1
    microaction.save(update_fields=[stamp, "mails"])
    mail.post(kind, microaction.pk, sequence=microaction.round)
    return True


@transaction.atomic
def report(microaction, *, outcome, result="", new_date=None, visibility=None, name=None):
    """Store what a person tells about their microaction; an answer may be corrected later.

    Locks its row. `visibility` and `name` None leave them as they are. A new date opens the next round, with what
    is left of the three mails. Raises NotConfirmed while it is pending, ValidationError for an impossible day.
    """
    microaction = pledges.lock(microaction)
    if microaction.is_pending:
        raise NotConfirmed(_("Waiting for confirmation by mail"))
    microaction.answered_at = timezone.now()
    if outcome == Outcome.NEW_DATE:
        _move(microaction, new_date)
    else:
        _settle(microaction, outcome)
    microaction.result = result
    pledges.show(
        microaction,
        visibility=microaction.visibility if visibility is None else visibility,
        name=microaction.name if name is None else name,
    )
    microaction.save()
    return microaction


def _move(microaction, new_date):
    dates.validate_day(new_date)
    microaction.status, microaction.result_at = Microaction.Status.OPEN, None
    microaction.due_on, microaction.round = new_date, microaction.round + 1
    pledges.revise(microaction)
    microaction.reminded_at = microaction.asked_at = microaction.asked_again_at = None
    pledges.skip_reminder_today(microaction)


def _settle(microaction, outcome):
    microaction.status = Microaction.Status(outcome)
    microaction.result_at = (microaction.result_at or timezone.now()) if microaction.has_result else None
