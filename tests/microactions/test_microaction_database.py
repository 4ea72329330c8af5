"""What the database refuses by itself, whoever writes to it."""

import pytest
from django.db import IntegrityError, connection

from tests.factories import make_member, make_microaction

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("status = 'lost'", "microaction_status"),
        ("visibility = 'friends'", "microaction_visibility"),
        ("email = 'kari@example.org'", "microaction_member_or_guest"),
        ("result_at = now()", "microaction_result_has_a_time"),
        ("status = 'done'", "microaction_result_has_a_time"),
        ("hidden_at = now()", "microaction_hidden"),
        ("principle_id = 8", "principle"),
        ("token = (SELECT max(token) FROM microactions_microaction)", "token"),
    ],
)
def test_no_such_microaction(change, constraint):
    make_microaction(), make_microaction()
    with pytest.raises(IntegrityError, match=constraint), connection.cursor() as cursor:
        cursor.execute(f"UPDATE microactions_microaction SET {change}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("person", [{}, {"visitor": "a" * 32, "member": True}])
def test_cheer_is_of_one_person(person):
    fields = {**person, "member": make_member()} if "member" in person else person
    with pytest.raises(IntegrityError, match="cheer_by_somebody"):
        make_microaction(status="done").cheers.create(**fields)


def test_cheers_go_with_the_member_and_the_words_stay():
    made, member = make_microaction(status="done"), make_member()
    made.cheers.create(member=member)
    member.delete()
    made.refresh_from_db()
    assert made.cheers.count() == 0
