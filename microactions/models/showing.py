"""How microactions are ordered and drawn, wherever they are listed."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery, Value
from django.db.models.functions import Coalesce

from principles.models import Principle

from .cheer import Cheer


class ShownQuerySet(models.QuerySet):
    """The part of the vocabulary that lists and notes use."""

    def results_first(self):
        """Those with a result first, then the newest."""
        has_result = models.Case(models.When(status__in=self.model.RESULTS, then=0), default=1)
        return self.order_by(has_result, "-result_at", "-created_at", "-id")

    def open_first(self):
        """What waits for an answer first, then the newest."""
        is_settled = models.Case(models.When(status=self.model.Status.OPEN, then=0), default=1)
        return self.order_by(is_settled, "-created_at", "-id")

    def latest(self):
        """By the last thing told about them, be it the pledge or the result."""
        return self.annotate(told_at=Coalesce("result_at", "created_at")).order_by("-told_at", "-id")

    def with_cheers(self, member=None, visitor=""):
        """Each with `cheer_count`, and `cheered`: whether this member or visitor is among them.

        A subquery, not a join, so that a page counts only the cheers of the rows it shows.
        """
        cheers = Cheer.objects.filter(microaction=OuterRef("pk")).values("microaction")
        number = Subquery(cheers.annotate(number=Count("pk")).values("number"))
        rows = self.annotate(cheer_count=Coalesce(number, 0))
        if not (member or visitor):
            return rows.annotate(cheered=Value(False))
        mine = Cheer.objects.by(member, visitor).filter(microaction=OuterRef("pk"))
        return rows.annotate(cheered=Exists(mine))

    def for_cards(self, member=None, visitor=""):
        """What `_note.html` draws, in three queries whatever the number; for whom: `cheers.person_of(request)`."""
        rows = self.with_cheers(member, visitor)
        return rows.prefetch_related(Prefetch("principle", Principle.objects.with_wordings()))
