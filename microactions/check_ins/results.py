"""What microactions led to, as numbers."""

from datetime import timedelta

from django.db.models import Case, Count, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import dates
from ..models import Microaction
from ..models.microaction import is_unknown

Status = Microaction.Status
UNKNOWN = "unknown"
YEAR = timedelta(days=365)


def of_last_year() -> list[tuple[str, int]]:
    """(what it led to, how many) of those that were noted in the last twelve months and confirmed; one query."""
    state = Case(When(is_unknown(dates.today()), then=Value(UNKNOWN)), default="status")
    noted = Microaction.objects.filter(created_at__gte=timezone.now() - YEAR).exclude(status=Status.PENDING)
    counts = dict(noted.order_by().annotate(state=state).values_list("state").annotate(Count("pk")))
    return [(label, counts.get(key, 0)) for key, label in _labels()]


def _labels():
    named = [(status, str(status.label)) for status in (Status.DONE, Status.PARTLY, Status.OPEN)]
    return [*named, (UNKNOWN, _("Unknown: nobody has told us")), (Status.LET_GO, str(Status.LET_GO.label))]
