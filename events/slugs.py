"""The address of an event: its local date and its title, since titles repeat."""

from chapter.text import plain_slug, save_under_free_slug


def base_slug(local_start, title) -> str:
    """2026-12-03-lean-coffee; the date alone if the title has no Latin letters."""
    return "-".join(filter(None, [f"{local_start:%Y-%m-%d}", plain_slug(title)]))


def save_with_slug(event, title) -> None:
    save_under_free_slug(event, base_slug(event.local_start, title))
