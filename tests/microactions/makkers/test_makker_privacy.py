"""What is kept about makkers: how it is handed out, taken away, and when it goes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chapter.privacy import registry
from microactions import dates
from microactions.models import Makker, Microaction
from tests.factories import make_makker, make_member, make_microaction

pytestmark = pytest.mark.django_db


def day(ago):
    return dates.today() - timedelta(days=ago)


def guest(*, days=0, **fields):
    made = make_microaction(visibility="makker", due_on=day(days))
    return make_makker(**{"microaction": made, "name": "Ola", "email": "ola@example.org", **fields})


def test_export_holds_both_roles_and_no_words_of_another(client):
    me = make_member()
    make_makker(member=me, line="Good luck", microaction=make_microaction(what="Secret of another", visibility="me"))
    make_makker(microaction=make_microaction(member=me), line="Go on")
    make_makker(line="Of others")
    rows = registry.export(me)["microactions.Makker"]
    assert [(row["role"], row["line"]) for row in rows] == [("makker", "Good luck"), ("has_makker", "Go on")]
    assert "Secret" not in str(rows)


@pytest.mark.parametrize("keep_texts", [True, False])
def test_member_who_goes_leaves_as_makker_and_takes_their_own_makkers_along(keep_texts):
    me = make_member(email="kari@example.org")
    left = make_makker(member=me).microaction
    as_guest = make_makker(email="kari@example.org").microaction
    make_makker(microaction=make_microaction(member=me))
    registry.erase(me, keep_texts=keep_texts)
    assert {row.microaction for row in Makker.objects.all()} == {left, as_guest}
    assert all(row.has_left for row in Makker.objects.all())
    assert Microaction.objects.filter(visibility="public").count() == int(keep_texts)


@pytest.mark.parametrize(("days", "email"), [(6, "ola@example.org"), (8, "")])
def test_unconfirmed_guest_is_forgotten_after_a_week_and_the_invitation_stays(days, email):
    row = guest(status="pending", accepted_at=timezone.now() - timedelta(days=days))
    list(registry.expire_each())
    row.refresh_from_db()
    assert (row.email, row.status) == (email, "pending" if email else "invited")
    assert not row.has_left


@pytest.mark.parametrize(("days", "kept"), [(30, ("Ola", "ola@example.org")), (32, ("", ""))])
def test_guests_name_and_address_go_a_month_after_the_day(days, kept):
    row = guest(days=days)
    list(registry.expire_each())
    row.refresh_from_db()
    assert ((row.name, row.email), row.status) == (kept, "accepted")


@pytest.mark.parametrize(("days", "left"), [(59, 1), (62, 0)])
def test_unanswered_invitation_goes_two_months_after_the_day(days, left):
    make_makker(status="invited", microaction=make_microaction(due_on=day(days)))
    list(registry.expire_each())
    assert Makker.objects.count() == left


def test_deleted_microaction_takes_its_makker_along():
    row = make_makker()
    row.microaction.delete()
    assert not Makker.objects.exists()
