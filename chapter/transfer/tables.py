"""Database rows as rows of a CSV file, and back without loss.

A cell that a spreadsheet would take for a formula is written with an apostrophe in front; reading removes one.
"""

import csv
import json
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_datetime

FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
# A cell may hold a text of 50,000 characters.
csv.field_size_limit(1_000_000)


def write(path, names, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(names)
        table.writerows([safe(row[name]) for name in names] for row in rows)


def read(path):
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            return [_plain(row) for row in csv.DictReader(file, strict=True)]
        except csv.Error as error:
            raise ValueError(f"{path.name} is no CSV file: {error}.") from error


def safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def plain(cell: str) -> str:
    return cell.removeprefix("'")


def _plain(row):
    if None in row or None in row.values():
        raise ValueError("A row has not as many cells as the first one.")
    return {name: plain(cell) for name, cell in row.items()}


# One row


def cells(instance, names):
    return {name: as_text(getattr(instance, instance._meta.get_field(name).attname)) for name in names}


def as_text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def values(model, row, names):
    """The columns' values, cleaned by the model's fields. Raises ValidationError, and KeyError for a missing column."""
    return {name: _value(model._meta.get_field(name), row[name]) for name in names}


def _value(field, text):
    if text == "" and field.null:
        return None
    if isinstance(field, models.BooleanField):
        return text == "yes"
    if isinstance(field, models.DateTimeField):
        return moment(text)
    if isinstance(field, models.JSONField):
        return json.loads(text) if text else field.get_default()
    return field.to_python(text)


def moment(text: str) -> datetime:
    found = parse_datetime(text)
    if found is None or found.tzinfo is None:
        raise ValidationError(f"“{text[:40]}” is no datetime with its zone, as 2026-05-04T18:00:00Z.")
    return found
