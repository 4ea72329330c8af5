"""Photos at the foot of an event that is over, and on the organisers' desk."""

from chapter.panels import panel
from chapter.pictures import uses_of
from chapter.prepared import prepared

from ..access import may_run
from ..models import Photo
from .views import language_of, with_titles

SHOWN = 6
ROWS = 10


@panel("event", template="events/photos/_on_event.html", order=15)
def photos_of_event(event, request):
    if not event.is_over or event.is_draft:
        return None
    photos = list(event.photos.shown().in_order()[: SHOWN + 1])
    is_host = may_run(request.user, event)
    if not photos and not is_host:
        return None
    return {
        "event": event,
        "photos": photos[:SHOWN],
        "more": len(photos) > SHOWN,
        "is_host": is_host,
        "unfinished": event.photos.unfinished().count() if is_host else 0,
        "language": language_of(event) if photos else "",
    }


@prepared
def _taken_out():
    return with_titles(Photo.objects.hidden())[:ROWS]


@panel("desk now", template="events/photos/_on_desk.html", order=5)
def photos_taken_out(subject=None, request=None):
    photos = _taken_out()
    if not photos:
        return None
    uses = uses_of([photo.image for photo in photos])
    return {"rows": [(photo, uses.get(photo.image_id, [])) for photo in photos]}
