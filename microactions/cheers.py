"""Cheers: one tap on a result, once per person, taken back by a second tap."""

import secrets

from django.db import transaction

from .models import Cheer, Microaction

COOKIE = "cheers"
COOKIE_SECONDS = 365 * 24 * 60 * 60


def person_of(request):
    """(member, visitor key): who would be cheering; at most one of them is set."""
    if request.user.is_authenticated:
        return request.user, ""
    key = request.COOKIES.get(COOKIE, "")
    return None, key if len(key) == 32 and key.isascii() and key.isalnum() else ""


def new_visitor():
    """A random key for a visitor's browser: it says that two taps are one person's, and nothing else."""
    return secrets.token_hex(16)


@transaction.atomic
def cheer(pk, *, member=None, visitor=""):
    """Cheer a public result. Locks its row; the same person again changes nothing.

    Raises Microaction.DoesNotExist for what is not a public result.
    """
    microaction = _result(pk)
    row = Cheer(microaction=microaction, member=member, visitor="" if member else visitor)
    Cheer.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def take_back(pk, *, member=None, visitor=""):
    """Undo `cheer`; locks the same row, raises the same."""
    _result(pk).cheers.by(member, visitor).delete()


def _result(pk):
    return Microaction.objects.public().with_result().select_for_update(no_key=True).get(pk=pk)
