"""The address of an event: its local date and its title, since titles repeat; and that of a series, its title."""

from django.db import IntegrityError, transaction

from chapter.text import plain_slug

from .models import Event

TRIES = 5


def base_slug(local_start, title):
    """2026-12-03-lean-coffee; only the date where the title has no Latin letters."""
    return "-".join(filter(None, [f"{local_start:%Y-%m-%d}", plain_slug(title)]))


def free_slug(base, *, model=Event, but=None, reserved=frozenset()):
    """`base`, or with the first suffix that no other row has."""
    rows = model.objects.exclude(pk=but).filter(slug__startswith=base)
    taken = reserved | set(rows.values_list("slug", flat=True))
    number = 1
    while (slug := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return slug


def save_under_free_slug(event, title):
    """Save the event under an address of its own."""
    return save_as(event, base_slug(event.local_start, title))


def save_as(row, base, *, reserved=frozenset()):
    """Save the row under the first free address. Two organisers may want the same one in the same moment."""
    for attempt in range(TRIES):
        row.slug = free_slug(base, model=type(row), but=row.pk, reserved=reserved)
        try:
            with transaction.atomic():
                return row.save()
        except IntegrityError as error:
            if "slug" not in str(error) or attempt == TRIES - 1:
                raise
    return None
