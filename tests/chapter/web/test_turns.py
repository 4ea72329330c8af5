"""The one turn of the whole site."""

import pytest
from django.db import DatabaseError, connection

from chapter.web import turns
from tests.threads import at_once


def is_free(name):
    with turns.turn(name, patience=0):
        return True


@pytest.mark.django_db(transaction=True)
def test_a_turn_that_a_database_error_ends_is_over():
    with pytest.raises(DatabaseError), turns.turn("canary", patience=0), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert at_once(is_free, "canary") == [True]
