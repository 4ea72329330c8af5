"""An event's address: its local date and its title, since titles repeat."""

from django.db import IntegrityError, transaction

from chapter.slugs import plain_slug

from .models import Event

TRIES = 5


def base_slug(local_start, title):
    """2026-12-03-lean-coffee; only the date where the title has no Latin letters."""
    return "-".join(filter(None, [f"{local_start:%Y-%m-%d}", plain_slug(title)]))


def free_slug(base, *, but=None):
    """`base`, or with the first suffix that no other event has."""
    taken = set(Event.objects.exclude(pk=but).filter(slug__startswith=base).values_list("slug", flat=True))
    number = 1
    while (slug := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return slug


def save_under_free_slug(event, title):
    """Save the event under an address of its own. Two organisers may want the same one in the same moment."""
    base = base_slug(event.local_start, title)
    for attempt in range(TRIES):
        event.slug = free_slug(base, but=event.pk)
        try:
            with transaction.atomic():
                return event.save()
        except IntegrityError as error:
            if "slug" not in str(error) or attempt == TRIES - 1:
                raise
    return None
