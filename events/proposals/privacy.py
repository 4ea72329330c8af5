"""Personal data of proposals, and when it is deleted."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.privacy import Basis, days, earliest, register

from ..models import Proposal

State = Proposal.State
UNCONFIRMED_DAYS = 7
DECIDED_DAYS = 90
OPEN_DAYS = 365


def export_proposals(member):
    for row in Proposal.objects.of_member(member).select_related("event").order_by("created_at", "id"):
        yield {
            "what": row.what,
            "more": row.body,
            "where": row.place,
            "when": row.when,
            "principle": row.principle_id,
            "name": row.person_name,
            "email": row.person_email,
            "language": row.language,
            "state": row.state,
            "answer": row.answer,
            "event": row.event.slug if row.event else None,
            "created_at": row.created_at.isoformat(),
        }


def erase_proposals(member, *, keep_texts):
    """Anonymise accepted proposals, which belong to their events; delete all others."""
    mine = Proposal.objects.of_member(member)
    mine.exclude(state=State.ACCEPTED).delete()
    mine.update(member=None, name="", email="")


def expire_proposals():
    """Delete unconfirmed, declined and unanswered proposals after their times; anonymise accepted ones.

    After three months a guest has signed in as host of the accepted event, or will not.
    """
    now = timezone.now()
    unconfirmed = Q(state=State.UNCONFIRMED, created_at__lt=now - timedelta(days=UNCONFIRMED_DAYS))
    declined = Q(state=State.DECLINED, decided_at__lt=now - timedelta(days=DECIDED_DAYS))
    unanswered = Q(state=State.OPEN, created_at__lt=now - timedelta(days=OPEN_DAYS))
    deleted = Proposal.objects.filter(unconfirmed | declined | unanswered).delete()[0]
    accepted = Proposal.objects.filter(state=State.ACCEPTED, decided_at__lt=now - timedelta(days=DECIDED_DAYS))
    return deleted + accepted.exclude(name="", email="").update(name="", email="")


register(
    Proposal,
    what=_("A meetup you offered to arrange; as a guest, name and address."),
    kept=format_lazy(
        _(
            "{decided} after our answer, {open} without one, unconfirmed {unconfirmed}. What became an event "
            "stays, without the guest."
        ),
        unconfirmed=days(UNCONFIRMED_DAYS),
        decided=days(DECIDED_DAYS),
        open=days(OPEN_DAYS),
    ),
    export=export_proposals,
    erase=erase_proposals,
    expire=expire_proposals,
    oldest=lambda: earliest(Proposal.objects.exclude(state=State.ACCEPTED), "created_at"),
    basis=Basis.ASKED,
)
