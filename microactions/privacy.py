"""What is kept about those who pledge and cheer, and when it goes."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.models import secret_token
from chapter.privacy.registry import Basis, days, earliest, register

from . import dates
from .makkers import privacy as makker_privacy  # noqa: F401  registered first: erasing a microaction may leave it without its person
from .models import Cheer, Microaction, ProposedAddress

Status = Microaction.Status
PRIVATE = (Microaction.Visibility.ME, Microaction.Visibility.MAKKER)
PENDING_FOR = timedelta(days=7)
ADDRESS_AFTER_ANSWER = timedelta(days=30)
ADDRESS_AFTER_DAY = timedelta(days=90)
UNREACHABLE_AFTER_DAY = timedelta(days=365)


def export_microactions(member):
    for row in Microaction.objects.of_member(member).select_related("event").order_by("created_at", "id"):
        yield {
            "what": row.what,
            "due_on": row.due_on.isoformat(),
            "moment": row.moment,
            "cue": row.cue,
            "first_step": row.first_step,
            "principle": row.principle_id,
            "event": row.event.slug if row.event else None,
            "visibility": row.visibility,
            "name": row.name,
            "language": row.language,
            "status": "unknown" if row.is_unknown else row.status,
            "round": row.round,
            "mails": row.mails,
            "mails_stopped": row.mails_stopped,
            "result": row.result,
            "result_at": row.result_at and row.result_at.isoformat(),
            "answered_at": row.answered_at and row.answered_at.isoformat(),
            "created_at": row.created_at.isoformat(),
        }


def erase_microactions(member, *, keep_texts):
    """Delete the member's own; with `keep_texts` the public ones stay, without name, address or manage link."""
    mine = Microaction.objects.of_member(member)
    if keep_texts:
        for row in mine.public().select_for_update(of=("self",)):
            # A new token: the link in old mails must not open what belongs to nobody.
            row.member, row.email, row.name, row.token = None, "", "", secret_token()
            row.save(update_fields=["member", "email", "name", "token"])
    mine.delete()


def expire_microactions():
    """Delete what was never confirmed, and private ones of nobody; empty guests' addresses."""
    now, today = timezone.now(), dates.today()
    unconfirmed = Q(status=Status.PENDING, created_at__lt=now - PENDING_FOR)
    nobodys = Q(member=None, email="", visibility__in=PRIVATE, due_on__lt=today - UNREACHABLE_AFTER_DAY)
    deleted = Microaction.objects.filter(unconfirmed | nobodys).delete()[1].get(Microaction._meta.label, 0)
    settled = Q(status__in=[Status.DONE, Status.PARTLY, Status.LET_GO], answered_at__lt=now - ADDRESS_AFTER_ANSWER)
    silent = Q(due_on__lt=today - ADDRESS_AFTER_DAY)
    guests = Microaction.objects.exclude(status=Status.PENDING).exclude(email="")
    return deleted + guests.filter(settled | silent).update(email="")


def export_cheers(member):
    for row in Cheer.objects.filter(member=member).order_by("created_at", "id"):
        yield {"microaction": row.microaction_id, "created_at": row.created_at.isoformat()}


def erase_cheers(member, *, keep_texts):
    Cheer.objects.filter(member=member).delete()


register(
    Microaction,
    what=_("Your microactions; as a guest, your address."),
    kept=format_lazy(
        _(
            "Until you delete them; unconfirmed {pending}, private ones without an address {unreachable}. A guest’s "
            "address: {answered} after your answer, {silent} after the date at most."
        ),
        pending=days(PENDING_FOR.days),
        answered=days(ADDRESS_AFTER_ANSWER.days),
        silent=days(ADDRESS_AFTER_DAY.days),
        unreachable=days(UNREACHABLE_AFTER_DAY.days),
    ),
    export=export_microactions,
    erase=erase_microactions,
    expire=expire_microactions,
    oldest=lambda: earliest(Microaction.objects.exclude(email=""), "created_at"),
    basis=Basis.ASKED,
)


def _proposed_to(member):
    return ProposedAddress.objects.filter(email__in=member.verified_addresses())


def export_proposed(member):
    for row in _proposed_to(member).order_by("created_at", "id"):
        yield {"email": row.email, "created_at": row.created_at.isoformat()}


def erase_proposed(member, *, keep_texts):
    _proposed_to(member).delete()


def expire_proposed():
    return ProposedAddress.objects.filter(created_at__lt=timezone.now() - PENDING_FOR).delete()[0]


register(
    ProposedAddress,
    what=_("An email address that someone added to a microaction."),
    kept=format_lazy(_("Until you answer our email, {period} at most."), period=days(PENDING_FOR.days)),
    export=export_proposed,
    erase=erase_proposed,
    expire=expire_proposed,
    oldest=lambda: earliest(ProposedAddress.objects, "created_at"),
    basis=Basis.ASKED,
)
register(
    Cheer,
    what=_("Which results you cheered."),
    kept=_("As long as the result, or until you undo it."),
    export=export_cheers,
    erase=erase_cheers,
    basis=Basis.ASKED,
)
