"""The verbs of an announcement: made once, stopped, and, when its time has come, spread to its readers."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chapter import audit
from chapter.models import Member
from chapter.refusals import Refused

from ..models import Announcement, FollowerQuerySet, News
from .sources import source_of

# So long what was queued by a tap can be taken back before anybody is written to.
TAKE_BACK = timedelta(minutes=10)
BATCH = 1000

audit.describe("announced", gettext_lazy("told the followers about"))
audit.describe("announcement_stopped", gettext_lazy("stopped telling the followers about"))


class AlreadyDecided(Refused):
    """Somebody else has told the followers of it, or decided not to."""


def readers_of(kind: str, object_id: int) -> FollowerQuerySet:
    return source_of(kind).readers(object_id).reachable()


@transaction.atomic
def announce(
    kind: str, object_id: int, *, due_at: datetime | None = None, by: Member | None, about: str = ""
) -> Announcement:
    """Tell the followers of it at `due_at`, at the earliest after TAKE_BACK. One that was stopped unsent begins anew.

    Raises AlreadyDecided if it is announced already.
    """
    due_at = max(due_at or timezone.now(), timezone.now() + TAKE_BACK)
    announcement, is_new = Announcement.objects.get_or_create(
        kind=kind,
        object_id=object_id,
        defaults={"due_at": due_at, "made_by": by, "is_urgent": source_of(kind).is_urgent},
    )
    if not is_new:
        announcement = Announcement.objects.lock(announcement.pk)
        if not announcement.stopped_at or announcement.spread_at:
            raise AlreadyDecided(_("The followers are being told about this already."))
        announcement.due_at, announcement.made_by, announcement.stopped_at = due_at, by, None
        announcement.save(update_fields=["due_at", "made_by", "stopped_at"])
    audit.record("announced", by=by, about=about)
    return announcement


@transaction.atomic
def decide_not_to(kind: str, object_id: int, *, by: Member) -> None:
    """Remember that nobody is to be told, so that nobody is asked again. Idempotent."""
    now = timezone.now()
    Announcement.objects.get_or_create(
        kind=kind, object_id=object_id, defaults={"due_at": now, "stopped_at": now, "made_by": by}
    )


@transaction.atomic
def stop(announcement_id: int, *, by: Member | None, about: str = "") -> Announcement:
    """Write to nobody who has not been written to. Locks the announcement; idempotent."""
    announcement = Announcement.objects.lock(announcement_id)
    if announcement.stopped_at is None:
        announcement.stopped_at = timezone.now()
        announcement.save(update_fields=["stopped_at"])
        announcement.news.untold().delete()
        audit.record("announcement_stopped", by=by, about=about)
    return announcement


def spread_due() -> None:
    """Write down the readers of every announcement whose time has come, one transaction each."""
    for pk in list(Announcement.objects.due().order_by("due_at", "id").values_list("pk", flat=True)):
        _spread(pk)


@transaction.atomic
def _spread(pk):
    announcement = Announcement.objects.lock(pk)
    if not announcement.is_waiting or announcement.due_at > timezone.now():
        return
    readers = readers_of(announcement.kind, announcement.object_id).order_by("id").values_list("pk", flat=True)
    rows = [News(announcement=announcement, follower_id=reader) for reader in readers]
    News.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    announcement.spread_at = timezone.now()
    announcement.save(update_fields=["spread_at"])
