"""What the database holds, as digests: for tests that nothing was written."""

from django.db import connection

# What no stored text may hold, in PostgreSQL's notation; NUL it cannot hold anyway.
CONTROLS = r"[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]"
PASSING = ("chapter_cache", "chapter_ratehit", "django_session", "usersessions_usersession")


def stored():
    """{table: digest of all its rows}, without sessions, the cache and the counts of the limits."""
    return dict(_of_each_table("SELECT '{0}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{0}\" t"))


def holds_controls():
    """Whether a control character, or one that turns a text's direction, has got into any row."""
    rows = _of_each_table(f"SELECT '{{0}}', bool_or(t::text ~ '{CONTROLS}') FROM \"{{0}}\" t")
    return any(found for _table, found in rows)


def _of_each_table(query):
    tables = [name for name in connection.introspection.table_names() if name not in PASSING]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(query.format(name) for name in tables))
        return cursor.fetchall()
