"""Check-ins: at most three mails about a microaction, and the answer. Silence means "unknown", never "failed".

The mails are for the morning of the day, the day after it, and a week later. A new date starts another round, with
what is left of the three. Each mail is queued in a transaction of its own, under the lock of its microaction's row.
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

# By the chapter's clock; nobody gets a question at night.
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
    """The pledge is pending."""


def is_morning() -> bool:
    return dates.local_now().hour in MORNING_HOURS


def is_asking_hour() -> bool:
    return dates.local_now().hour in ASKING_HOURS


def remind_due() -> int:
    """Queue the mail of the morning for everybody whose day is today; returns how many.

    Safe to run again, or twice at once. A day that was missed is not made up for.
    """
    return _mail_each(Microaction.objects.to_remind(dates.today()), kind="morning", stamp="reminded_at")


def ask_due() -> int:
    """Ask everybody whose day is over, and those once more who were asked a week ago; returns how many mails.

    Safe to run again, late, or twice at once.
    """
    today = dates.today()
    first = _mail_each(Microaction.objects.to_ask(today), kind="check_in", stamp="asked_at")
    again = Microaction.objects.to_ask_again(today)
    return first + _mail_each(again, kind="check_in_again", stamp="asked_again_at")


def _mail_each(rows, *, kind, stamp):
    # `stamp` is the column that tells, within a round, that this mail is queued.
    return sum(_try_to_mail(rows, pk, kind, stamp) for pk in rows.values_list("pk", flat=True))


def _try_to_mail(rows, pk, kind, stamp):
    try:
        return _mail(rows, pk, kind, stamp)
    except DatabaseError:  # one row that is locked for long must not keep the others waiting; the next run takes it
        logger.exception("could not queue %s about microaction %s", kind, pk)
        return False


@transaction.atomic
def _mail(rows, pk, kind, stamp):
    # Asked for again under the lock: it may have been answered since the list was read.
    microaction = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if microaction is None:
        return False
    setattr(microaction, stamp, timezone.now())
    microaction.mails += 1
    microaction.save(update_fields=[stamp, "mails"])
    mail.post(kind, microaction.pk, sequence=microaction.round)
    return True


@transaction.atomic
def report(microaction, *, outcome, result="", new_date=None, visibility=None, name=None) -> Microaction:
    """Store how it went; an answer may be corrected later. Locks the row.

    None leaves `visibility` and `name` as they are. A new date opens the next round, with what is left of the three
    mails. Raises NotConfirmed while it is pending, ValidationError for a day that cannot be chosen.
    """
    microaction = pledges.lock(microaction)
    if microaction.is_pending:
        raise NotConfirmed(_("Waiting for confirmation by email"))
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
    # A corrected answer keeps its first time, or it would come back to the top of the wall.
    microaction.result_at = (microaction.result_at or timezone.now()) if microaction.has_result else None
