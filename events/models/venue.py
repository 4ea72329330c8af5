"""The places where the chapter meets."""

from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField, TextField

TOWN_LENGTH = 80
MAP = "https://www.openstreetmap.org/search"
TOWN_WORDS = 4


class VenueQuerySet(models.QuerySet):
    def listed(self) -> Self:
        return self.filter(is_listed=True)

    def forgotten(self) -> Self:
        """Written places that no event and no series has any more."""
        return self.filter(is_listed=False, events=None, series=None)


class Venue(models.Model):
    """A place where the chapter meets. One that is not listed was written for an event, and goes with it."""

    name = LineField(_("name"), max_length=200)
    address = LineField(_("address"), max_length=200, blank=True)
    city = LineField(_("town"), max_length=TOWN_LENGTH, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    directions = TextField(_("how to find us"), blank=True, max_length=1000)
    access_notes = TextField(_("access: steps, doors, hearing loop, toilets"), blank=True, max_length=1000)
    map_url = models.URLField(_("map link"), blank=True)
    is_listed = models.BooleanField(default=True, db_default=True, editable=False)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ("name", "id")

    def __str__(self):
        return ", ".join(filter(None, [self.name, self.city]))

    @classmethod
    def parts_of(cls, line) -> dict[str, str]:
        """Name, address and city of a place written as “Name, street, town”; the inverse of `line`."""
        name, *more = [part.strip() for part in line.split(",") if part.strip()] or [""]
        city = more.pop() if more and _is_a_town(more[-1]) else ""
        return {"name": name[:200], "address": ", ".join(more)[:200], "city": city}

    @property
    def line(self) -> str:
        return ", ".join(filter(None, [self.name, self.where]))

    @property
    def where(self) -> str:
        """Street and town, as far as they are known."""
        return ", ".join(filter(None, [self.address, self.city]))

    @property
    def map_link(self) -> str:
        """The link that somebody typed, or else a search for the address."""
        return self.map_url or f"{MAP}?{urlencode({'query': self.where or self.name})}"


def _is_a_town(part):
    # “Slottsparken, vi ses ved porten” ends in no town.
    return len(part) <= TOWN_LENGTH and not part[0].islower() and len(part.split()) <= TOWN_WORDS
