"""The places where the chapter meets."""

from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField, TextField

MAP = "https://www.openstreetmap.org/search"


class Venue(models.Model):
    """A place where the chapter meets."""

    name = LineField(_("name"), max_length=120)
    address = LineField(_("address"), max_length=200)
    city = LineField(_("town"), max_length=80)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    directions = TextField(_("how to find us"), blank=True, max_length=1000)
    access_notes = TextField(_("access: steps, doors, hearing loop, toilets"), blank=True, max_length=1000)
    map_url = models.URLField(_("map link"), blank=True)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ("name", "id")

    def __str__(self):
        return f"{self.name}, {self.city}"

    @property
    def map_link(self) -> str:
        """The link that somebody typed, or else a search for the address."""
        return self.map_url or f"{MAP}?{urlencode({'query': f'{self.address}, {self.city}'})}"
