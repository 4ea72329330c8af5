"""Atom feeds that stay well-formed whatever is stored."""

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from ..fields import without_controls


class SoundAtomFeed(Atom1Feed):
    """One character that XML does not have would end the feed for everybody who follows it."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if settings.WEBSUB_HUB:
            handler.addQuickElement("link", None, {"rel": "hub", "href": settings.WEBSUB_HUB})

    def write(self, outfile, encoding):
        self.feed, self.items = _sound(self.feed), [_sound(item) for item in self.items]
        super().write(outfile, encoding)


def _sound(values):
    return {name: without_controls(value) if isinstance(value, str) else value for name, value in values.items()}
