"""What microactions led to, as numbers."""

from datetime import timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import dates
from ..models import Microaction

Status = Microaction.Status
YEAR = timedelta(days=365)


def of_last_year() -> list[tuple[str, int]]:
    """(what it led to, how many) of those that were noted in the last twelve months and confirmed; two queries."""
    noted = Microaction.objects.filter(created_at__gte=timezone.now() - YEAR)
    counts = dict(noted.order_by().values_list("status").annotate(Count("pk")))
    unknown = noted.unknown(dates.today()).count()
    return [
        *((str(status.label), counts.get(status, 0)) for status in (Status.DONE, Status.PARTLY)),
        (str(Status.OPEN.label), counts.get(Status.OPEN, 0) - unknown),
        (_("Unknown: no one has told us"), unknown),
        (str(Status.LET_GO.label), counts.get(Status.LET_GO, 0)),
    ]
