"""An event that everybody wants, and members who want it."""

import secrets
from datetime import timedelta

SEATS = 300


def wanted_event():
    from django.utils import timezone

    from events.models import Event

    starts_at = timezone.now() + timedelta(days=7)
    when = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    return Event.objects.create(slug=f"wanted-{secrets.token_hex(4)}", capacity=SEATS, state="published", **when)


def members(number):
    from chapter.models import Member

    word = secrets.token_hex(4)
    return Member.objects.bulk_create(
        Member(email=f"{word}-{one}@example.org", name="Kari Eksempel") for one in range(number)
    )


def session_of(member):
    """The key of a session in which the member is signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from chapter.web.sessions import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return session.session_key
