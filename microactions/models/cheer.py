"""Cheers: applause for results, one per person."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CheerQuerySet(models.QuerySet):
    def by(self, member, visitor) -> Self:
        return self.filter(member=member) if member else self.filter(member=None, visitor=visitor)


class Cheer(models.Model):
    """One person's applause for a result; a visitor is known by a random key in a cookie set by the tap."""

    microaction = models.ForeignKey("microactions.Microaction", on_delete=models.CASCADE, related_name="cheers")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="cheers")
    visitor = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CheerQuerySet.as_manager()

    class Meta:
        verbose_name = _("cheer")
        verbose_name_plural = _("cheers")
        constraints = [
            models.UniqueConstraint(
                fields=["microaction", "member"],
                condition=Q(member__isnull=False),
                name="cheer_once_per_member",
            ),
            models.UniqueConstraint(
                fields=["microaction", "visitor"], condition=~Q(visitor=""), name="cheer_once_per_visitor"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, visitor="") | (Q(member__isnull=True) & ~Q(visitor="")),
                name="cheer_by_somebody",
            ),
        ]

    def __str__(self):
        return f"cheer for {self.microaction_id}"
