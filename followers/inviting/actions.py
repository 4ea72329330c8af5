"""Invitations: one mail that asks whether somebody wants to follow here, never repeated, and nothing without a yes."""

from django.db import transaction
from django.utils import timezone

from chapter import addresses, mail
from chapter.models import hidden_address, secret_token
from chapter.refusals import Refused
from chapter.transfer import Report

from ..models import Follower, Invitation, Suppression

KIND = "follow_invited"


def invite_all(people, *, language: str, report: Report) -> None:
    """Invite everybody on the list who has an address; one line of the report for each. Mails go in portions."""
    for person in people:
        with report.row(f"line {person.line}"):
            _invite(person, language, report)


def _invite(person, language, report):
    if not person.address:
        return report.kept(f"line {person.line}", "it has no address")
    email = addresses.checked(person.address)
    digest = hidden_address(addresses.mailbox(email))
    if Suppression.objects.of(email).exists():
        raise Refused("this mailbox has stopped our emails")
    if Follower.objects.of_mailbox(email).exists():
        return report.same(f"line {person.line}")
    if not Invitation.objects.get_or_create(digest=digest)[1]:
        return report.kept(f"line {person.line}", "it was invited before")
    Follower.objects.create(email=email, language=language, token=secret_token(), invited_at=timezone.now())
    return report.made(f"line {person.line}")


@transaction.atomic
def queue_portion(room: int) -> int:
    """Queue the next invitations, at most `room`; returns how many. Two at once take different ones."""
    rows = Follower.objects.invited().select_for_update(skip_locked=True).order_by("id")[:room]
    followers = list(rows.values_list("pk", flat=True))
    Follower.objects.filter(pk__in=followers).update(mailed_at=timezone.now())
    return mail.post_all(KIND, followers)
