"""What a request writes: whether anything comes of it, and whether it holds what no stored text may hold.

PostgreSQL counts the rows of each table that a transaction writes, those of savepoints that were rolled back included.
A table whose count stands still has not changed, so only the rows of the others are compared.
"""

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

# What no stored text may hold, in PostgreSQL's notation; NUL it cannot hold anyway.
CONTROLS = r"[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0010ffff]"
# Sessions, the cache, the counts of the limits, and the notes of what was deleted.
PASSING = {"chapter_cache", "chapter_gone", "chapter_ratehit", "django_session", "usersessions_usersession"}
COUNTS = """
    SELECT relname, pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
        + pg_stat_get_xact_tuples_deleted(oid)
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


@dataclass
class Outcome:
    changed: frozenset = frozenset()
    has_controls: bool = False


@contextmanager
def trial():
    """Roll back what happens in here; afterwards the Outcome says which tables it had changed."""
    outcome, before = Outcome(), _counts()
    with transaction.atomic():
        yield outcome
        written = [table for table, count in _counts().items() if count != before[table] and table not in PASSING]
        after = _digests(written)
        outcome.has_controls = _holds_controls(written)
        transaction.set_rollback(True)
    outcome.changed = frozenset(dict(after.items() - _digests(written).items()))


def _counts():
    return dict(_rows(COUNTS))


def _digests(tables):
    return dict(_of_each(tables, "SELECT '{0}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{0}\" t"))


def _holds_controls(tables):
    """Whether a control character, or one that turns a text's direction, has got into any row."""
    return any(
        found for _, found in _of_each(tables, f"SELECT '{{0}}', bool_or(t::text ~ '{CONTROLS}') FROM \"{{0}}\" t")
    )


def _of_each(tables, query):
    return _rows(" UNION ALL ".join(query.format(table) for table in tables)) if tables else []


def _rows(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()
