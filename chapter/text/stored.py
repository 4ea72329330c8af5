"""Take out of what is stored already the characters that no text may hold."""

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from ..fields import STORABLE_CONTROLS

PATTERN = f"[{STORABLE_CONTROLS}]"


def clean_stored() -> dict:
    """{table.column: rows changed, or None where the database refused}. One statement a column; repeating it is safe."""
    done = {f"{table}.{column}": _clean(table, column, kind) for table, column, kind in _columns()}
    return {place: rows for place, rows in done.items() if rows != 0}


def _columns():
    """The texts of the project's own tables; keys are made by the site."""
    for model in apps.get_models():
        if _is_ours(model):
            for field in model._meta.concrete_fields:
                if kind := _kind(field):
                    yield model._meta.db_table, field.column, kind


def _is_ours(model):
    return not model.__module__.startswith(("django.", "allauth.", "procrastinate."))


def _kind(field):
    if isinstance(field, models.JSONField):
        return "jsonb"
    is_key = field.unique or field.choices or isinstance(field, models.SlugField | models.EmailField)
    return "text" if isinstance(field, models.CharField | models.TextField) and not is_key else None


def _clean(table, column, kind):
    table, column = map(connection.ops.quote_name, (table, column))
    statement = f"""
        UPDATE {table} SET {column} = regexp_replace({column}::text, %s, '', 'g')::{kind} WHERE {column}::text ~ %s
    """  # noqa: S608 (names of the project's own columns)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [PATTERN, PATTERN])
            return cursor.rowcount
    except IntegrityError:
        return None
