"""The instrument of the tests here: a trial notices every write that stays, and no other."""

import pytest
from django.db import connection, transaction

from chapter.models import Member
from tests.everywhere.stored import trial
from tests.factories import make_event, make_member

pytestmark = pytest.mark.django_db


def test_what_was_inserted_updated_or_deleted_is_noticed_and_undone():
    kari, ola = make_member(name="Kari"), make_member(name="Ola")
    with trial() as outcome:
        make_event()
        Member.objects.filter(pk=kari.pk).update(name="Gro")
        ola.emailaddress_set.all().delete()
    assert outcome.changed == {"events_event", "events_eventwording", "chapter_member", "account_emailaddress"}
    assert set(Member.objects.values_list("name", flat=True)) == {"Kari", "Ola"}


def test_what_came_to_nothing_is_no_change():
    kari = make_member(name="Kari")
    with trial() as outcome:
        Member.objects.filter(pk=kari.pk).update(name="Kari")
        make_member().delete()
        with transaction.atomic():
            make_event()
            transaction.set_rollback(True)
    assert outcome.changed == set()


@pytest.mark.parametrize("before", [0, 1])
def test_raw_sql_is_noticed_whatever_went_before(before):
    for _ in range(before):
        with trial():
            make_member()
    with trial() as outcome, connection.cursor() as cursor:
        cursor.execute("UPDATE chapter_chapter SET name = 'Another'")
    assert outcome.changed == {"chapter_chapter"}


@pytest.mark.parametrize(
    ("name", "has_controls"), [("Kari\x1b", True), ("Kari\u202e", True), ("Kari\uffff", True), ("Kåri\n\t", False)]
)
def test_control_characters_are_found(name, has_controls):
    member = make_member()
    # Our own columns would take them out.
    with trial() as outcome, connection.cursor() as cursor:
        cursor.execute("UPDATE chapter_member SET name = %s WHERE id = %s", [name, member.pk])
    assert outcome.has_controls is has_controls
