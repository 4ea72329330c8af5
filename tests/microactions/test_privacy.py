"""What the microactions keep about people: how it is handed out, taken away, and when it goes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chapter.privacy import registry
from microactions.models import Cheer, Microaction
from tests.factories import make_member, make_microaction

pytestmark = pytest.mark.django_db


def guest(*, status="open", days=0, **fields):
    day = timezone.localdate() - timedelta(days=days)
    return make_microaction(member=None, email="kari@example.org", status=status, due_on=day, **fields)


def ago(**span):
    return timezone.now() - timedelta(**span)


def test_export_holds_everything_of_mine_and_nothing_of_others():
    mine = make_microaction(visibility="me", result="Mine", status="done")
    other = make_microaction(result="Theirs", status="done")
    other.cheers.create(member=mine.member)
    data = registry.export(mine.member)
    assert [row["result"] for row in data["microactions.Microaction"]] == ["Mine"]
    assert [row["microaction"] for row in data["microactions.Cheer"]] == [other.pk]


def test_leaving_words_behind_keeps_public_ones_without_the_person():
    member = make_member()
    public = make_microaction(member=member, name="Kari Eksempel", status="done", result="It worked")
    for secret in ({"visibility": "me"}, {"held": True}, {"status": "let_go"}):
        make_microaction(member=member, **secret)
    registry.erase(member, keep_texts=True)
    (left,) = Microaction.objects.all()
    assert (left.result, left.member, left.name, left.email) == ("It worked", None, "", "")
    assert left.token != public.token


def test_leaving_nothing_behind_deletes_all():
    member, other = make_member(), make_microaction(status="done")
    make_microaction(member=member)
    other.cheers.create(member=member)
    registry.erase(member, keep_texts=False)
    assert (list(Microaction.objects.all()), Cheer.objects.count()) == ([other], 0)


@pytest.mark.parametrize(("days", "left"), [(6, 1), (8, 0)])
def test_unconfirmed_ones_go_after_a_week(days, left):
    guest(status="pending", created_at=ago(days=days))
    list(registry.expire_each())
    assert Microaction.objects.count() == left


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"status": "done", "answered_at": ago(days=29)}, True),
        ({"status": "done", "answered_at": ago(days=31)}, False),
        ({"status": "open", "answered_at": ago(days=31)}, True),
        ({"status": "open", "days": 89}, True),
        ({"status": "open", "days": 92}, False),
    ],
)
def test_guests_address_goes_when_it_is_needed_no_more(fields, kept):
    made = guest(**fields)
    list(registry.expire_each())
    made.refresh_from_db()
    assert bool(made.email) == kept


def test_private_one_that_nobody_owns_goes_after_a_year():
    guest(visibility="me", days=370)
    make_microaction(visibility="me", due_on=timezone.localdate() - timedelta(days=370))
    guest(days=370)
    list(registry.expire_each())
    list(registry.expire_each())
    assert sorted(Microaction.objects.values_list("visibility", flat=True)) == ["me", "public"]
