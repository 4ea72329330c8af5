"""Check-ins: the question on the day after, and the answer. Silence is never read as failure."""

import logging

from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import mail

from . import dates, pledges
from .models import Microaction

ASKING_HOURS = range(8, 21)
log = logging.getLogger(__name__)


class Outcome(models.TextChoices):
    """What a person can answer."""

    DONE = "done", _("Done")
    PARTLY = "partly", _("Partly done")
    NEW_DATE = "new_date", _("I need a new date")
    LET_GO = "let_go", _("I let it go")


class NotConfirmed(Exception):
    """The pledge is pending: there is nothing to tell about it yet."""


def is_asking_hour():
    """Whether it is day on the chapter's clock: nobody is asked at night."""
    return dates.local_now().hour in ASKING_HOURS


def ask_due():
    """Ask everybody whose day is over, on the chapter's calendar, and was not asked yet; how many were asked.

    One mail per microaction and round, each in its own transaction with its row locked. Running it again, late or
    twice at once asks nobody twice.
    """
    today = dates.today()
    return sum(_try_to_ask(pk, today) for pk in Microaction.objects.to_ask(today).values_list("pk", flat=True))


def _try_to_ask(pk, today):
    try:
        return _ask(pk, today)
    except DatabaseError:  # one row that is locked for long must not keep the others waiting; the next run asks it
        log.exception("could not ask about microaction %s", pk)
        return False


@transaction.atomic
def _ask(pk, today):
    microaction = (
        Microaction.objects.to_ask(today).select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    )
    if microaction is None:
        return False
    microaction.asked_at = timezone.now()
    microaction.mails += 1
    microaction.save(update_fields=["asked_at", "mails"])
    mail.post("check_in", microaction.pk, sequence=microaction.round)
    return True


@transaction.atomic
def report(microaction, *, outcome, result="", new_date=None, visibility=None, name=None):
    """Store what a person tells about their microaction; an answer may be corrected later.

    Locks its row. `visibility` and `name` None leave them as they are. A new date opens the next round, which is
    asked about the day after it. Raises NotConfirmed while it is pending, ValidationError for an impossible day.
    """
    microaction = pledges.lock(microaction)
    if microaction.is_pending:
        raise NotConfirmed
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
    microaction.due_on, microaction.asked_at = new_date, None
    microaction.round += 1


def _settle(microaction, outcome):
    microaction.status = Microaction.Status(outcome)
    microaction.result_at = (microaction.result_at or timezone.now()) if microaction.has_result else None


@transaction.atomic
def stop_mails(microaction):
    """No more questions about this one; repeating it changes nothing."""
    microaction = pledges.lock(microaction)
    microaction.mails_stopped = True
    microaction.save(update_fields=["mails_stopped"])
    return microaction
