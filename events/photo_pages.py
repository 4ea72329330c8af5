"""What the pages of photos share."""

from chapter import languages

from . import changes


def language_of(event):
    """The language that photos of an event are described in, where that is not the page's; one query."""
    language = changes.main_language(event)
    return language if language and language != languages.current() else ""


def neighbours(photo, ids):
    """(number, previous key or None, next key or None) of a photo among `ids`."""
    place = ids.index(photo.pk)
    return place + 1, ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None
