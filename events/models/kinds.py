"""The kinds of meetup, which events and series share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    LEAN_COFFEE = "lean_coffee", _("Lean Coffee")
    WORKSHOP = "workshop", _("Workshop")
    TALK = "talk", _("Talk")
    UNCONFERENCE = "unconference", _("Unconference")
    OTHER = "other", _("Get-together")
