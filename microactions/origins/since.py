"""Since last time: what became of the microactions of the meetup before, and why this one takes place at all."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from chapter.prepared import prepared
from chapter.wordings import best_wordings
from events.models import Event, EventWording

from .. import dates
from ..models import UNKNOWN_AFTER, Microaction, is_unknown

SHOWN = 12
ANSWERS = [*Microaction.RESULTS, Microaction.Status.LET_GO]


@dataclass(frozen=True)
class SinceLast:
    """What `templates/microactions/origins/_since.html` draws; false where there is nothing to draw.

    `told` and `unknown` count all microactions of the previous event, also those that only their person sees: those that
    were answered, letting go included, and those about which nothing is known.
    """

    event: Event
    previous: Event | None = None
    results: list = field(default_factory=list)
    origins: list = field(default_factory=list)
    told: int = 0
    unknown: int = 0
    more: bool = False

    def __bool__(self):
        return bool(self.results or self.origins)


def since_last(event) -> SinceLast:
    """What happened since the meetup before `event`, in at most six queries; public results only."""
    origins = origins_of(event)
    previous = previous_of(event)
    if previous is None:
        return SinceLast(event, origins=origins)
    found = _results_of(event=previous.pk)
    counts = _counts(previous)
    return SinceLast(event, previous, found[:SHOWN], origins, more=len(found) > SHOWN, **counts)


@prepared
def _results_of(event):
    return Microaction.objects.public().with_result().filter(event=event).results_first()[: SHOWN + 1]


def because_of(event) -> SinceLast:
    return SinceLast(event, origins=origins_of(event))


def previous_of(event) -> Event | None:
    return next(iter(_last_before(starts_at=event.starts_at, event=event.pk)), None)


@prepared
def _last_before(starts_at, event):
    earlier = Event.objects.past().filter(starts_at__lt=starts_at).exclude(pk=event)
    return earlier.prefetch_related(best_wordings(EventWording))[:1]


def origins_of(event) -> list[Microaction]:
    return _origins_of(event=event.pk)


@prepared
def _origins_of(event):
    return Microaction.objects.public().filter(led_to=event).order_by("created_at", "id")[:SHOWN]


def _counts(event):
    counted = _counted(event=event.pk, long_ago=dates.today() - UNKNOWN_AFTER)
    return dict(zip(("told", "unknown"), *counted, strict=True)) if counted else {}


@prepared
def _counted(event, long_ago):
    told, unknown = Count("pk", filter=Q(status__in=ANSWERS)), Count("pk", filter=is_unknown(long_ago))
    by_event = Microaction.objects.filter(event=event).order_by().values("event")
    return by_event.annotate(told=told, unknown=unknown).values_list("told", "unknown")
