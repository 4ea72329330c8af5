"""Cheers: one tap on a result, once per person, taken back by a second tap."""

import secrets

from django.db import transaction

from chapter.models import Member

from .models import Cheer, Microaction

COOKIE = "cheers"
COOKIE_SECONDS = 365 * 24 * 60 * 60


def person_of(request) -> tuple[Member | None, str]:
    """(member, visitor key) who would be cheering; at most one is set."""
    if request.user.is_authenticated:
        return request.user, ""
    key = request.COOKIES.get(COOKIE, "")
    return None, key if len(key) == 32 and key.isascii() and key.isalnum() else ""


def new_visitor() -> str:
    # Says that two taps come from one browser, and nothing else.
    return secrets.token_hex(16)


@transaction.atomic
def cheer(pk, *, member=None, visitor="") -> None:
    """Cheer a public result; repeating it changes nothing, nor does cheering one's own. Locks the row.

    Raises Microaction.DoesNotExist for others.
    """
    microaction = _result(pk)
    if member and microaction.member_id == member.pk:
        return
    row = Cheer(microaction=microaction, member=member, visitor="" if member else visitor)
    # Two taps at once meet the unique constraint.
    Cheer.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def take_back(pk, *, member=None, visitor="") -> None:
    _result(pk).cheers.by(member, visitor).delete()


def _result(pk):
    return Microaction.objects.public().with_result().select_for_update(no_key=True).get(pk=pk)
