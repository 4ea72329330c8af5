"""The demo's chapter, its organisers, members and guests."""

from datetime import timedelta
from itertools import count
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from chapter.models import Chapter, Member

from . import texts

GUEST_LANGUAGES = ("nb", "nb", "sv", "nb", "nb", "en")


class Guest(NamedTuple):
    name: str
    email: str
    language: str


def load(calendar):
    """Name the chapter; returns its members by key, organisers first."""
    known = texts.toml("people")
    Chapter.objects.update_or_create(pk=1, defaults=known["chapter"])
    organisers = {key: _member(key, who, is_organiser=True) for key, who in known["organisers"].items()}
    members = organisers | {key: _member(key, who) for key, who in known["members"].items()}
    for place, member in enumerate(members.values()):
        member.joined_at = calendar.moment - timedelta(days=1080 - 70 * place)
    Member.objects.bulk_create(members.values())
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in members.values()
    )
    return members


def _member(key, who, **fields):
    return Member(email=f"{key}@example.org", password=make_password(None), **who, **fields)


def guests():
    known = texts.toml("people")["guests"]
    for number in count():
        language = GUEST_LANGUAGES[number % len(GUEST_LANGUAGES)]
        firsts, lasts = known[language], known["surnames"][language]
        first, last = firsts[number % len(firsts)], lasts[number // 2 % len(lasts)]
        yield Guest(f"{first} {last}", f"guest{number}@example.org", language)
