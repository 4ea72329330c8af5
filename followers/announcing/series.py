"""Series that tell the followers of each date by themselves, once an organiser has said so."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from chapter import audit
from chapter.models import Chapter, Member
from events.audit import title_of
from events.models import Event, Series

from ..models import Announcement, ToldSeries
from . import actions
from .meetups import NEW

MORNING, EVENING = 8, 20

audit.describe("series_told", gettext_lazy("turned on news about each date of the series"))
audit.describe("series_not_told", gettext_lazy("turned off news about each date of the series"))


@transaction.atomic
def switch(series: Series, *, on: bool, by: Member) -> None:
    """Whether each date of the series is announced by itself, `Chapter.announce_days` ahead. Idempotent."""
    if on:
        changed = ToldSeries.objects.get_or_create(series=series)[1]
    else:
        changed = ToldSeries.objects.filter(series=series).delete()[0]
    if changed:
        audit.record("series_told" if on else "series_not_told", by=by, subject=series, about=title_of(series))


def announce_due() -> int:
    """Announce the dates whose time has come, by day on the chapter's clock; returns how many."""
    chapter = Chapter.load()
    if not MORNING <= timezone.now().astimezone(ZoneInfo(chapter.time_zone)).hour < EVENING:
        return 0
    events = list(_due(chapter))
    for event in events:
        actions.announce(NEW, event.pk, by=None, about=title_of(event))
    return len(events)


def _due(chapter):
    now = timezone.now()
    told = Announcement.objects.filter(kind=NEW).values("object_id")
    rows = Event.objects.filter(series__in=ToldSeries.objects.values("series"), state=Event.State.PUBLISHED)
    soon = now + timedelta(days=chapter.announce_days)
    return rows.filter(starts_at__gt=now, starts_at__lte=soon).exclude(pk__in=told).order_by("starts_at", "id")
