"""Verbs on a proposal: offer, confirm, withdraw, accept as a draft, decline.

Each is atomic and locks exactly one row first, the Proposal's, then reads its state: of two organisers who decide at once
the second gets AlreadyDecided.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chapter import audit
from chapter.mail import post
from chapter.models import Member
from principles.models import Principle

from .. import planning
from ..models import Event, Proposal

State = Proposal.State

audit.describe("proposal_accepted", gettext_lazy("accepted the proposal"))
audit.describe("proposal_declined", gettext_lazy("declined the proposal"))


class AlreadyDecided(Exception):
    """The proposal was answered or withdrawn before."""


# Proposing


@transaction.atomic
def propose_as_member(member, *, offer) -> Proposal:
    """Store an open proposal and mail the organisers. `offer` is what, body, place, when and principle."""
    proposal = Proposal.objects.create(**offer, member=member, language=member.language, state=State.OPEN)
    _tell_organisers(proposal)
    return proposal


@transaction.atomic
def propose_as_guest(*, name, email, language, offer) -> None:
    """Store an unconfirmed proposal and mail its confirmation link; organisers are mailed by `confirm`. Raises MailboxFull."""
    proposal = Proposal.objects.create(**offer, name=name, email=email, language=language)
    post("proposal_confirm", proposal.pk, to=proposal.email)


@transaction.atomic
def confirm(*, token) -> Proposal:
    """Open an unconfirmed proposal and mail the organisers; idempotent. Raises Proposal.DoesNotExist.

    It is attached to the member with the same verified address, if there is one.
    """
    proposal = Proposal.objects.select_for_update().get(token=token)
    if proposal.state == State.UNCONFIRMED:
        _save(proposal, state=State.OPEN)
        if member := Member.objects.owner_of(proposal.email):
            _hand_over(proposal, member)
        _tell_organisers(proposal)
    return proposal


@transaction.atomic
def withdraw(*, token) -> None:
    """Delete the proposal; idempotent. Raises AlreadyDecided once it is accepted: then there is an event."""
    proposal = Proposal.objects.select_for_update().filter(token=token).first()
    if proposal and proposal.state == State.ACCEPTED:
        raise AlreadyDecided
    if proposal:
        proposal.delete()


# Deciding


@transaction.atomic
def accept(proposal_id, *, by, columns) -> Event:
    """Create a draft event from the proposal and mail the proposer; `columns` say when and where. Raises AlreadyDecided.

    A member becomes its host at once, a guest when they sign in with the same address.
    """
    proposal = _lock_open(proposal_id)
    event = planning.create(
        columns=columns,
        text={"language": proposal.language, "title": proposal.what, "body": proposal.body},
        hosts=[proposal.member] if proposal.member else [],
        principles=[proposal.principle_id] if proposal.principle_id else [],
        by=by,
    )
    _save(proposal, state=State.ACCEPTED, event=event, decided_at=timezone.now())
    audit.record("proposal_accepted", by=by, subject=event, about=proposal.what)
    post("proposal_accepted", proposal.pk)
    return event


@transaction.atomic
def decline(proposal_id, *, by, answer) -> None:
    """Decline, and mail `answer` to the proposer. Raises AlreadyDecided."""
    proposal = _lock_open(proposal_id)
    _save(proposal, state=State.DECLINED, answer=answer, decided_at=timezone.now())
    audit.record("proposal_declined", by=by)
    post("proposal_declined", proposal.pk)


# One person


@transaction.atomic
def adopt_guest_rows(member) -> None:
    """Give the member what they offered as a guest, and make them a host of what came of it; locks the rows in order.

    Unconfirmed ones stay as they are: somebody else may have typed the address.
    """
    guests = Proposal.objects.guests_of(member).exclude(state=State.UNCONFIRMED)
    for proposal in guests.select_for_update().order_by("id"):
        _hand_over(proposal, member)


def _hand_over(proposal, member):
    _save(proposal, member=member, **Proposal.GUEST_COLUMNS)
    if proposal.event:
        proposal.event.hosts.add(member)


# Steps


def _lock_open(proposal_id):
    proposal = Proposal.objects.select_for_update().filter(pk=proposal_id, state=State.OPEN).first()
    if proposal is None:
        raise AlreadyDecided
    return proposal


def _save(proposal, **values):
    for name, value in values.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=[*values])


def _tell_organisers(proposal):
    for pk in Member.objects.organisers().values_list("pk", flat=True):
        # The recipient makes it a delivery of its own for each organiser.
        post("proposal_new", proposal.pk, recipient=f"member:{pk}")


def theme_of(proposal) -> Principle | None:
    return Principle.objects.with_wordings().filter(pk=proposal.principle_id).first()


def suggested_no() -> str:
    """A draft of the answer, in the active language."""
    return _(
        "Thank you for offering to arrange a meetup. We can’t fit it in right now. Please come and tell us about "
        "it at one of our next meetups: perhaps we’ll find another date, or others who want to do it with you."
    )
