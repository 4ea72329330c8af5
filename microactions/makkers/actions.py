"""Makkers: how the one person who knows of a microaction is invited, says yes, and leaves.

Every verb is atomic and locks the Microaction's row first; of a pair, both, in the order of their ids. It raises
Makker.DoesNotExist for a row that was deleted meanwhile. Before a yes nothing is mailed, except to confirm an address.

The invitation's link is the person's to share. The makker's own link, the row's token, is known to the makker alone, and
each yes makes a new one.
"""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from chapter import mail
from chapter.models import Delivery, Member, secret_token
from chapter.refusals import Refused
from events.models import Event

from .. import pairing, pledges
from ..models import Makker, Microaction

Status = Makker.Status


class NotOpen(Refused):
    """The microaction is settled or pending."""


class Taken(Refused):
    """It has a makker already."""


class OwnMakker(Refused):
    """Nobody is the makker of their own microaction."""


# The invitation's link


def invitation_key(makker) -> str:
    return f"{makker.pk}-{_seal(makker.pk)}"


def invited(key) -> Makker:
    """The makker row of an invitation's key. Raises Makker.DoesNotExist."""
    number, __, seal = key.partition("-")
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    if not (is_number and constant_time_compare(seal, _seal(int(number)))):
        raise Makker.DoesNotExist
    return Makker.objects.select_related("microaction__member", "member").get(pk=int(number))


def _seal(pk):
    return salted_hmac("microactions.makker.invitation", str(pk), algorithm="sha256").hexdigest()[:32]


# The person


@transaction.atomic
def invite(microaction) -> Makker:
    """The row with which its person invites somebody; the link is theirs to share. Repeating it changes nothing.

    Raises "only me" to "my buddy and I". Raises NotOpen.
    """
    microaction = pledges.lock(microaction)
    if not microaction.is_open:
        raise NotOpen(_nothing_to_follow())
    makker, is_new = Makker.objects.get_or_create(
        microaction=microaction, defaults={"language": microaction.language}
    )
    if is_new:
        microaction.save(update_fields=pairing.show_to_makker(microaction))
    return makker


@transaction.atomic
def let_go(microaction) -> None:
    """Delete the makker or the invitation; of a pair, the other is left alone, too. Does nothing if they left a moment ago."""
    with suppress(Makker.DoesNotExist):
        makker = _locked(microaction_id=microaction.pk)
        _tell_the_other_half(makker)
        makker.delete()


@transaction.atomic
def want(microaction, *, wants, event=None) -> Microaction:
    """Wish for a makker from the same event, or no longer; pairs at once if somebody is waiting.

    `event` is for one without. Locks the Event first, then the microaction.
    """
    if event:
        microaction = pledges.tell_origin(microaction, event=event, principle=microaction.principle)
    # A pending one takes no part: its confirmation locks the two rows the other way round.
    may_want = wants and pairing.can_want(microaction)
    if may_want:
        Event.objects.lock(microaction.event_id)
    microaction = pledges.lock(microaction)
    microaction.wants_makker = may_want and pairing.can_want(microaction)
    microaction.save(update_fields=["wants_makker"])
    pairing.pair_if_willing(microaction)
    return microaction


# The makker


@transaction.atomic
def accept_as_member(makker, *, member) -> Makker:
    """Make the member the makker; the same member again changes nothing. Raises NotOpen, Taken, OwnMakker."""
    makker = _locked(pk=makker.pk)
    if makker.is_accepted and makker.member_id == member.pk:
        return makker
    _check_free(makker)
    return _become(makker, member=member, name="", email="", language=member.language)


@transaction.atomic
def accept_as_guest(makker, *, name, email="", language) -> Makker:
    """Make the guest the makker: at once without an address, else once they confirm from the mail that this queues.

    Replaces a guest who has not confirmed. Raises NotOpen, Taken, MailboxFull.
    """
    makker = _locked(pk=makker.pk)
    _check_free(makker)
    if not email:
        return _become(makker, member=None, name=name, email="", language=language)
    _set(makker, status=Status.PENDING, member=None, name=name, email=email, language=language)
    # Whether the address is the person's own shows in the mail alone, so that nobody can try addresses here.
    queued = Delivery.objects.filter(kind="makker_confirm", object_id=makker.pk).count()
    mail.post("makker_confirm", makker.pk, sequence=queued, to=makker.email)
    return makker


@transaction.atomic
def confirm(token) -> Makker:
    """Make the guest with this token the makker, or the member who has verified the address. Raises NotOpen, OwnMakker."""
    makker = _locked(token=token)
    if makker.is_accepted:
        return makker
    _check_free(makker)
    if member := Member.objects.owner_of(makker.email):
        return _become(makker, member=member, name="", email="", keep_token=True)
    return _become(makker, member=None, email=makker.email, keep_token=True)


@transaction.atomic
def leave(token) -> None:
    """Delete the makker; another row, with another link, lets the person invite again."""
    makker = _locked(token=token)
    if makker.paired_with_id:
        Makker.objects.filter(microaction=makker.paired_with_id, paired_with=makker.microaction_id).delete()
    open_again(makker)


@transaction.atomic
def write_line(token, *, line) -> Makker:
    makker = _locked(token=token)
    if makker.is_accepted:
        makker.line = line
        makker.save(update_fields=["line"])
    return makker


@transaction.atomic
def stop_mails(token) -> Makker:
    makker = _locked(token=token)
    makker.mails_stopped = True
    makker.save(update_fields=["mails_stopped"])
    return makker


@transaction.atomic
def adopt_guest_rows(member) -> None:
    # Nobody is the makker of their own microaction.
    Makker.objects.accepted().guests_of(member).exclude(microaction__member=member).hand_over_to(member)


# Shared


def open_again(makker) -> Makker:
    # `accepted_at` tells the person that somebody was there; the new row's token makes the old link worthless.
    Makker.objects.filter(pk=makker.pk).delete()
    left_at = makker.accepted_at if makker.is_accepted else None
    return Makker.objects.create(
        microaction_id=makker.microaction_id, language=makker.microaction.language, accepted_at=left_at
    )


def _tell_the_other_half(makker):
    # The person who was paired with them has no makker either, and sees it on their page.
    halves = Makker.objects.filter(microaction=makker.paired_with_id, paired_with=makker.microaction_id)
    for half in halves.select_related("microaction"):
        open_again(half)


def _locked(**lookup):
    # Which microactions to lock stands in the row, so the row is read again once they are locked.
    found = Makker.objects.get(**lookup)
    ids = [pk for pk in (found.microaction_id, found.paired_with_id) if pk]
    list(Microaction.objects.filter(pk__in=ids).order_by("pk").select_for_update().values_list("pk"))
    rows = Makker.objects.select_related("microaction__member", "member").filter(**lookup)
    return rows.get(pk=found.pk)


def _nothing_to_follow():
    return _("This microaction is finished, so it no longer needs a buddy.")


def _check_free(makker):
    if makker.is_accepted:
        raise Taken(_("Someone else was faster: the microaction already has a buddy."))
    if not makker.microaction.is_open:
        raise NotOpen(_nothing_to_follow())


def _become(makker, *, member, email, keep_token=False, **fields):
    if pairing.is_of(makker.microaction, member=member, email=email):
        raise OwnMakker(_("This is your own microaction. Your buddy must be someone else."))
    if keep_token:
        fields["token"] = makker.token
    _set(makker, status=Status.ACCEPTED, member=member, email=email, **fields)
    return makker


def _set(makker, **fields):
    # A new token with each yes: what was mailed to somebody before opens nothing.
    for name, value in {"token": secret_token(), "accepted_at": timezone.now(), **fields}.items():
        setattr(makker, name, value)
    makker.save()
