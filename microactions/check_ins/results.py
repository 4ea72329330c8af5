"""What microactions led to, as numbers."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import dates
from ..models import UNKNOWN_AFTER, Microaction, is_unknown

Status = Microaction.Status
YEAR = timedelta(days=365)


def of_last_year() -> list[tuple[str, int]]:
    """(what it led to, how many) of those that were noted in the last twelve months and confirmed; one query."""
    noted = Microaction.objects.filter(created_at__gte=timezone.now() - YEAR)
    unknown = is_unknown(dates.today() - UNKNOWN_AFTER)
    kinds = {
        Status.DONE.label: Q(status=Status.DONE),
        Status.PARTLY.label: Q(status=Status.PARTLY),
        Status.OPEN.label: Q(status=Status.OPEN) & ~unknown,
        _("Unknown: no one has told us"): unknown,
        Status.LET_GO.label: Q(status=Status.LET_GO),
    }
    counts = noted.aggregate(**{f"n{n}": Count("pk", filter=kind) for n, kind in enumerate(kinds.values())})
    return list(zip(map(str, kinds), counts.values(), strict=True))
