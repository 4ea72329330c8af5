"""Whoever has a session is looked up on every page, by statements that are prepared."""

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.utils import timezone

from chapter.models import Member
from chapter.web.sessions import SessionStore
from tests.factories import make_member

pytestmark = pytest.mark.django_db
OLD = ["django.contrib.auth.backends.ModelBackend", "allauth.account.auth_backends.AuthenticationBackend"]


def is_signed_in(client):
    return client.get("/nb/me/").status_code == 200


@pytest.mark.parametrize("backend", [None, *OLD])
def test_a_session_holds_whichever_backend_began_it(client, backend):
    client.force_login(make_member(), backend=backend)
    assert client.session[BACKEND_SESSION_KEY] == (backend or "chapter.accounts.backends.MemberBackend")
    assert is_signed_in(client)


@pytest.mark.parametrize("change", ["dismissed", "deleted", "session over", "session gone", "another session"])
def test_it_ends_with_the_member_and_with_the_session(client, change):
    member = make_member()
    client.force_login(member)
    assert is_signed_in(client)
    key, sessions = client.session.session_key, SessionStore.get_model_class().objects
    {
        "dismissed": lambda: Member.objects.filter(pk=member.pk).update(is_active=False),
        "deleted": member.delete,
        "session over": lambda: sessions.filter(pk=key).update(expire_date=timezone.now()),
        "session gone": sessions.all().delete,
        "another session": lambda: client.cookies.load({settings.SESSION_COOKIE_NAME: "x" * 32}),
    }[change]()
    assert not is_signed_in(client)


def test_a_member_is_read_as_now(client):
    member = make_member()
    client.force_login(member)
    for name in ("Kari", "Ola"):
        Member.objects.filter(pk=member.pk).update(name=name)
        assert client.get("/nb/me/").context["user"].name == name
