"""The verbs of a follower: the only place that writes who follows what.

Every verb is one transaction that first takes the turn of its mailbox, so that of two who ask at once the second finds
what the first has made.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from chapter import mail
from chapter.addresses import mailbox, of_nobody
from chapter.models import Member, hidden_address, secret_token
from chapter.web import turns, undone_if
from events import rsvps
from events.models import Event, Rsvp, Series

from ..models import AGREED_TO, Follower, Suppression


@contextmanager
def _turn_of(email):
    with transaction.atomic():
        turns.take(f"follower {hidden_address(mailbox(email))}")
        yield


# Beginning


def ask(*, email: str, language: str, series: Series | None = None) -> None:
    """Mail the question whether this mailbox wants to follow; who follows already is told that, instead.

    Nothing that is returned or raised, and no statement more or less, tells one case from the other. A mailbox that wants
    never to be asked again is one that did not answer; its letter is dropped when it is to be sent. Raises MailboxFull.
    """
    with _turn_of(email):
        reachable = Follower.objects.reachable().of_mailbox(email).select_related("member").first()
        # To make a row takes longer than to find one: who has one costs another, that nobody has, and that is taken back.
        with undone_if(reachable):
            follower = _unconfirmed(of_nobody() if reachable else email, language, series)
        follower = reachable or follower
        kind = "follow_already" if follower.is_confirmed and not follower.paused_at else "follow_confirm"
        mail.post_again(kind, follower.pk, to=follower.person_email)


def _unconfirmed(email, language, series):
    # Another spelling may be a stranger's: its row ends, and its link with it. A row that is paused is asked anew.
    rows = Follower.objects.of_mailbox(email)
    rows.filter(confirmed_at=None).exclude(email=email).delete()
    token = _token_for(email)
    follower = rows.select_related("member").first() or Follower(email=email, token=token)
    begins_with = series and not follower.is_confirmed
    follower.language, follower.is_choosy = language, follower.is_choosy or bool(begins_with)
    follower.save()
    if begins_with:
        follower.series.add(series)
    return follower


def _token_for(email):
    stopped = Suppression.objects.of(email).first()
    return stopped.token if stopped else secret_token()


def confirm(follower: Follower) -> Follower:
    """The mailbox says yes; a member who has verified the address follows as that member. Repeating it changes nothing.

    Raises Follower.DoesNotExist if the question was taken back meanwhile.
    """
    with _turn_of(follower.person_email):
        follower = Follower.objects.get(pk=follower.pk)
        if not follower.is_confirmed or follower.paused_at:
            follower.confirmed_at, follower.agreed_to = timezone.now(), AGREED_TO
            follower.paused_at, follower.bounces = None, 0
            follower.save()
            Suppression.objects.of(follower.person_email).delete()
        owner = follower.member is None and Member.objects.owner_of(follower.email)
        return _hand_over(follower, owner) if owner else follower


def follow_as_member(member: Member, *, series: Series | None = None) -> Follower:
    """Follow, without a mail: a member's address is verified. With a series, that one joins what they follow."""
    with _turn_of(member.email):
        follower = Follower.objects.filter(member=member).first() or _new_row_of(member, series)
        if series and follower.is_choosy:
            follower.series.add(series)
        if follower.paused_at:
            follower.paused_at, follower.bounces = None, 0
            follower.save(update_fields=["paused_at", "bounces"])
        Suppression.objects.of(member.email).delete()
        return follower


def _new_row_of(member, series):
    if guest := Follower.objects.confirmed().guests_of(member).first():
        return _hand_over(guest, member)
    Follower.objects.guests_of(member).delete()
    return Follower.objects.create(
        member=member,
        language=member.language,
        token=_token_for(member.email),
        is_choosy=bool(series),
        confirmed_at=timezone.now(),
    )


def _hand_over(follower, member):
    # What the member has chosen already counts more.
    if own := Follower.objects.filter(member=member).first():
        follower.delete()
        return own
    follower.member, follower.name, follower.email = member, "", ""
    follower.save(update_fields=["member", "name", "email"])
    return follower


def adopt_guest_row(member: Member) -> None:
    """What a member follows as a guest becomes the member's own."""
    for guest in Follower.objects.confirmed().guests_of(member):
        with transaction.atomic():
            _hand_over(guest, member)


# Changing and ending


def change(follower: Follower, *, series, principles, **columns) -> None:
    """Store what and how often. It also counts for news that are written down but not yet mailed.

    Raises Follower.DoesNotExist for one who has stopped meanwhile.
    """
    with transaction.atomic():
        Follower.objects.select_for_update(of=("self",)).get(pk=follower.pk)
        for name, value in columns.items():
            setattr(follower, name, value)
        follower.save(update_fields=list(columns))
        follower.series.set(series)
        follower.principles.set(principles)


def stop(follower: Follower, *, is_final: bool = False) -> None:
    """Forget the follower and all that waits for them. The links in their mails go on working; idempotent.

    With `is_final` nobody can ask this mailbox again by typing its address.
    """
    email = follower.person_email
    with _turn_of(email):
        Follower.objects.filter(pk=follower.pk).delete()
        suppression, is_new = Suppression.objects.get_or_create(
            digest=hidden_address(mailbox(email)), defaults={"token": follower.token, "is_final": is_final}
        )
        if is_final and not is_new:
            suppression.is_final = True
            suppression.save(update_fields=["is_final"])


def stop_address(email: str) -> bool:
    """`stop` for whoever follows with this mailbox; returns whether anybody did."""
    follower = Follower.objects.of_mailbox(email).select_related("member").first()
    if follower:
        stop(follower)
    return follower is not None


# Coming


def take_seat(follower: Follower, event: Event, *, name: str) -> Rsvp:
    """A seat or the back of the queue for whoever has the link of this follower. Raises NotOpen.

    Locks the event. The name is kept for the next time.
    """
    if follower.member:
        return rsvps.rsvp_as_member(event_id=event.pk, member=follower.member)
    with transaction.atomic():
        rsvp = rsvps.rsvp_as_reader(event_id=event.pk, name=name, email=follower.email, language=follower.language)
        Follower.objects.filter(pk=follower.pk).update(name=name)
    return rsvp
