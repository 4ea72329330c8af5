"""Titles as parts of addresses, and addresses that no other row has."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

TRIES = 5

# Letters that slugify would drop, or that lose more than a dot when they lose their dots.
NORDIC = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "Æ": "ae", "Ø": "o", "Å": "a", "ð": "d", "þ": "th"}
)


def plain_slug(title, *, length=80):
    """The title in a-z, 0-9 and hyphens, at most `length` long; empty where it has no Latin letters."""
    return slugify(title.translate(NORDIC))[:length].strip("-_")


def free_slug(rows, base: str, *, reserved=frozenset()) -> str:
    """`base`, or `base` with the first number that none of `rows` has. Another request may take it before it is stored."""
    taken = {*reserved, *rows.filter(slug__startswith=base).values_list("slug", flat=True)}
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def save_under_free_slug(row, base: str, *, reserved=frozenset()) -> None:
    """Save the row under the first free address, and try the next where another request took it meanwhile."""
    for attempt in range(TRIES):
        row.slug = free_slug(type(row).objects.exclude(pk=row.pk), base, reserved=reserved)
        try:
            with transaction.atomic():
                return row.save()
        except IntegrityError as error:
            if "slug" not in str(error) or attempt == TRIES - 1:
                raise
    return None
