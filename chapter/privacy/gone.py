"""What was deleted is noted, so that a restored backup does not bring it back: who left, what people took back.

A trigger notes the table and the key of each row, whichever code deletes it, in the same transaction. What leaves this
database of it (`marks`) is a keyed digest: whoever has a list and a backup, and not SECRET_KEY, cannot tell who left.
"""

from collections.abc import Callable
from functools import cache

from django.db import connection, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.crypto import salted_hmac
from psycopg import sql

from ..models import Gone
from . import registry

# A backup that is older must not be restored.
KEPT_DAYS = 90
TRIGGER = "note_gone"
# Nobody's wish: what the site deletes by itself as soon as it is used. And of a vote no trace may stay.
PASSING = {
    "account_emailconfirmation", "chapter_auditentry", "chapter_delivery", "chapter_gone", "chapter_importfile", "chapter_mailedcode",
    "chapter_ratehit", "chapter_sealedmail", "chapter_siteexport", "django_admin_log", "django_session",
    "facilitation_deal", "facilitation_dot", "facilitation_groupmember", "facilitation_heart", "facilitation_sessiondot",
    "facilitation_sessionstar", "facilitation_thumb", "facilitation_workplace", "followers_digest", "followers_news", "procrastinate_jobs", "usersessions_usersession",
}  # fmt: skip
FUNCTION = f"""
    CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO chapter_gone (place, row) SELECT TG_TABLE_NAME, id::text FROM gone; RETURN NULL; END $$
"""  # noqa: S608 (made of constants)
MAKE = f"""
    CREATE OR REPLACE TRIGGER {TRIGGER} AFTER DELETE ON {{}} REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION {TRIGGER}()
"""
THERE = """
    SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE tgname = %s AND relnamespace = current_schema()::regnamespace
"""
_again = {}


@cache
def noted() -> dict[str, type]:
    """The models whose deleted rows are noted, by table: those of the privacy register that are somebody's wish."""
    models = {entry.model._meta.db_table: entry.model for entry in registry.entries()}
    return {table: model for table, model in sorted(models.items()) if table not in PASSING}


def install() -> None:
    """Make the triggers. Repeatable."""
    with connection.cursor() as cursor:
        cursor.execute(THERE, [TRIGGER])
        there = {name for (name,) in cursor.fetchall()}
        cursor.execute(FUNCTION)
        for table in sorted(noted().keys() - there):
            cursor.execute(sql.SQL(MAKE).format(sql.Identifier(table)))


def mark(place: str, row) -> str:
    return salted_hmac("chapter.gone", f"{place}:{row}", algorithm="sha256").hexdigest()[:32]


def marks() -> list[str]:
    return sorted({mark(place, row) for place, row in Gone.objects.values_list("place", "row")})


# A restored database


def again(table: str, verb: Callable[[object], object]) -> None:
    """Say how a row of this table leaves, where deleting it alone leaves something behind."""
    _again[table] = verb


@transaction.atomic
def delete_again(marks: set[str]) -> dict[str, int]:
    """Delete what is here and was deleted elsewhere since; returns how many by table. Idempotent."""
    found = {table: of_place(table, model, marks) for table, model in noted().items()}
    found = {table: numbers for table, numbers in found.items() if numbers}
    waiting = list(found)
    # What others point to goes once they are gone.
    while waiting:
        kept = [table for table in waiting if not _is_deleted(table, found[table])]
        if kept == waiting:
            raise RuntimeError(
                f"Rows of {', '.join(kept)} cannot be deleted: other rows that were kept point to them."
            )
        waiting = kept
    return {table: len(numbers) for table, numbers in found.items()}


def _is_deleted(table, numbers):
    rows = noted()[table].objects.filter(pk__in=numbers)
    try:
        with transaction.atomic():
            if verb := _again.get(table):
                for row in rows:
                    verb(row)
            rows.all().delete()
    except (ProtectedError, RestrictedError):
        return False
    return True


def of_place(place: str, model, marks: set[str]) -> list:
    """The keys of a model's rows that are marked."""
    return [pk for pk in model.objects.values_list("pk", flat=True).iterator() if mark(place, pk) in marks]
