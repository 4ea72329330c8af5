"""Seasons: the principle that a part of the year is about."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from principles.models import Principle

WINTER, SPRING, SUMMER, AUTUMN = (
    _("This winter’s theme"),
    _("This spring’s theme"),
    _("This summer’s theme"),
    _("This autumn’s theme"),
)

# January to December
SEASON_NAMES = (*[WINTER] * 2, *[SPRING] * 3, *[SUMMER] * 3, *[AUTUMN] * 3, WINTER)


# What lasts longer is not a spring or an autumn.
LONGEST_NAMED_DAYS = 190


class DaysOf(Func):
    """The days from one date to another, both included."""

    function = "daterange"
    output_field = DateRangeField()


class Season(models.Model):
    """A period whose theme is one principle, announced ahead on the events page."""

    principle = models.ForeignKey(
        Principle, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="seasons"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ("starts_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="season_ends_after_start",
                violation_error_message=_("The last day must not come before the first."),
            ),
            ExclusionConstraint(
                name="season_one_at_a_time",
                expressions=[(DaysOf("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS)],
                violation_error_message=_("These dates overlap another season. Choose other dates."),
            ),
        ]

    def __str__(self):
        return f"{self.principle_id} {self.starts_on}"

    @property
    def is_now(self) -> bool:
        return self.starts_on <= timezone.localdate() <= self.ends_on

    @property
    def name(self) -> str:
        """ "This autumn's theme", by the middle of the period; "our theme now" for one that is much longer."""
        length = self.ends_on - self.starts_on
        if length.days > LONGEST_NAMED_DAYS:
            return _("Our theme now")
        return SEASON_NAMES[(self.starts_on + length / 2).month - 1]
