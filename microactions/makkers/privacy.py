"""What is kept about makkers, and when it goes.

Registered before the microactions, since theirs may be left behind without a person, and their makkers must go first.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.privacy import Basis, days, earliest, register

from .. import dates
from ..models import Makker, Microaction
from . import actions

Status = Makker.Status
PENDING_FOR = timedelta(days=7)
GUEST_AFTER_DAY = timedelta(days=30)
INVITED_AFTER_DAY = timedelta(days=60)


def export_makkers(member):
    """As makker and as the one who has a makker; no words of somebody else's microaction."""
    as_makker = Makker.objects.accepted().of_member(member)
    for role, rows in (("makker", as_makker), ("has_makker", _of_own(member))):
        for row in rows.select_related("microaction", "member").order_by("created_at", "id"):
            yield {
                "role": role,
                "status": row.status,
                "name": row.person_name,
                "line": row.line,
                "day": row.microaction.due_on.isoformat(),
                "mails_stopped": row.mails_stopped,
                "created_at": row.created_at.isoformat(),
                "accepted_at": row.accepted_at and row.accepted_at.isoformat(),
            }


def erase_makkers(member, *, keep_texts):
    # Both sides see on their pages that somebody left.
    for row in _of_own(member):
        actions.let_go(row.microaction)
    for token in Makker.objects.of_member(member).values_list("token", flat=True):
        actions.leave(token)


def expire_makkers():
    """Guests unconfirmed for a week, names and addresses a month after the day, unanswered invitations after two."""
    now, today = timezone.now(), dates.today()
    unconfirmed = Makker.objects.filter(status=Status.PENDING, accepted_at__lt=now - PENDING_FOR)
    emptied = sum(_forget(row) for row in unconfirmed.select_related("microaction"))
    guests = Makker.objects.accepted().filter(member=None, microaction__due_on__lt=today - GUEST_AFTER_DAY)
    emptied += guests.exclude(name="", email="").update(name="", email="")
    old = Makker.objects.filter(status=Status.INVITED, microaction__due_on__lt=today - INVITED_AFTER_DAY)
    return emptied + old.delete()[0]


@transaction.atomic
def _forget(row):
    # The invitation's link stays good: only the guest who never confirmed is forgotten.
    row = Makker.objects.select_for_update(of=("self",)).filter(pk=row.pk, status=Status.PENDING).first()
    if row is None:
        return 0
    row.status, row.accepted_at, row.name, row.email = Status.INVITED, None, "", ""
    row.save(update_fields=["status", "accepted_at", "name", "email"])
    return 1


def _of_own(member):
    return Makker.objects.filter(microaction__in=Microaction.objects.of_member(member))


register(
    Makker,
    what=_("Who is whose buddy, and their message; a guest’s name and address."),
    kept=format_lazy(
        _(
            "Until one of you ends it. A guest: {guest} after the date, unconfirmed {pending}. Unanswered "
            "invitations: {invited} after the date."
        ),
        pending=days(PENDING_FOR.days),
        guest=days(GUEST_AFTER_DAY.days),
        invited=days(INVITED_AFTER_DAY.days),
    ),
    export=export_makkers,
    erase=erase_makkers,
    expire=expire_makkers,
    oldest=lambda: earliest(Makker.objects.exclude(name="", email=""), "created_at"),
    basis=Basis.ASKED,
)
