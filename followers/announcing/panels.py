"""On an event's page and on a series' page: whether the followers are told. On the desk: how far it is."""

from chapter.models import Chapter, acts_as_organiser
from chapter.panels import panel
from chapter.prepared import prepared

from ..models import Announcement, ToldSeries
from . import actions, meetups, progress


def telling_of(kind: str, pk: int) -> dict | None:
    """Asked once it is public, until an organiser decides; then until it is sent, with the way to stop it."""
    announcement = next(iter(_of(kind=kind, pk=pk)), None)
    if announcement:
        return {"announcement": announcement} if announcement.is_waiting else None
    readers = actions.readers_of(kind, pk).count()
    return {"kind": kind, "pk": pk, "readers": readers} if readers else None


@prepared
def _of(kind, pk):
    return Announcement.objects.of(kind, pk)


@panel("event opening", template="followers/announcing/_ask.html", order=5)
def telling_of_event(event, request):
    is_asked = acts_as_organiser(request.user) and event.is_open
    return telling_of(meetups.NEW, event.pk) if is_asked else None


@panel("series", template="followers/announcing/_on_series.html", order=10)
def telling_of_series(series, request):
    if not (acts_as_organiser(request.user) and series.is_running):
        return None
    is_told = ToldSeries.objects.filter(series=series).exists()
    return {"series": series, "is_told": is_told, "announce_days": Chapter.load().announce_days}


@panel("desk now", template="followers/announcing/_on_desk.html", order=6)
def telling_on_desk(subject, request):
    """While mails to followers wait, and when the mail server refuses them."""
    waiting = progress.untold()
    return {"waiting": waiting, "is_refusing": progress.is_server_refusing()} if waiting else None
