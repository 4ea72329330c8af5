"""What stands beside the backups, newer than all of them: what was deleted, and which mails were sent. It names nobody."""

from django.db.models import Case, Q, When
from django.utils import timezone

from chapter.models import Delivery
from chapter.privacy import gone

VERSION = 1


def written() -> dict:
    """JSON-ready."""
    return {
        "version": VERSION,
        "written_at": timezone.now().isoformat(),
        "gone": gone.marks(),
        "mails": [list(row) for row in _mails().iterator()],
    }


def _mails():
    """What a Delivery is known by, and whether it waits; it holds no address."""
    waits = Q(sent_at=None, dropped_at=None)
    rows = Delivery.objects.order_by("pk").annotate(waits=Case(When(waits, then=True), default=False))
    return rows.values_list("kind", "object_id", "recipient", "sequence", "waits")
