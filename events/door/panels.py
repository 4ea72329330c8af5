"""The number of people who came, beside the event."""

from chapter.panels import panel

from . import attendance


@panel("event beside", template="events/door/_came.html", order=10)
def how_many_came(event, request):
    if not (event.is_published and event.is_over):
        return None
    count = attendance.came_count(event)
    return {"came": count} if count else None
