"""On the organisers' desk: sister chapters whose feed is broken."""

from chapter.panels import panel
from chapter.prepared import prepared

from . import actions


@panel("desk later", template="events/sisters/_on_desk.html", order=80)
def broken_feeds(subject, request):
    rows = [(chapter, actions.trouble_text(chapter.trouble)) for chapter in _broken()]
    return {"rows": rows} if rows else None


@prepared
def _broken():
    return actions.broken()
