"""Take out of what is stored already the characters that no text may hold, and line breaks where there is one line."""

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from ..fields import LINE_BREAK, STORABLE_CONTROLS, LineField

PATTERN = f"[{STORABLE_CONTROLS}]"
# How a column's value is written anew, and which values are.
ANEW = {
    "text": ("regexp_replace({0}, %(bad)s, '', 'g')", PATTERN),
    "jsonb": ("regexp_replace({0}::text, %(bad)s, '', 'g')::jsonb", PATTERN),
    "line": (
        "btrim(regexp_replace(regexp_replace({0}, %(break)s, ' ', 'g'), %(bad)s, '', 'g'))",
        f"{LINE_BREAK}|{PATTERN}",
    ),
}


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
    if isinstance(field, LineField):
        return "line"
    is_key = field.unique or field.choices or isinstance(field, models.SlugField | models.EmailField)
    return "text" if isinstance(field, models.CharField | models.TextField) and not is_key else None


def _clean(table, column, kind):
    table, column = map(connection.ops.quote_name, (table, column))
    anew, spoilt = ANEW[kind]
    statement = f"UPDATE {table} SET {column} = {anew.format(column)} WHERE {column}::text ~ %(spoilt)s"  # noqa: S608 (names of the project's own columns)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, {"bad": PATTERN, "break": LINE_BREAK, "spoilt": spoilt})
            return cursor.rowcount
    except IntegrityError:
        return None
