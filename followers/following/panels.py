"""The box to follow, on the pages where somebody may want to hear about the next meetup."""

from chapter.panels import panel

from .box import follow_box

BOX = "followers/following/_panel.html"


@panel("home", template=BOX)
@panel("events", template=BOX)
@panel("me", template=BOX, order=80)
@panel("post", template=BOX)
def box(subject, request):
    return follow_box(request)


@panel("board", template=BOX)
def box_after_board(board, request):
    return follow_box(request) if board.is_closed else None


@panel("rsvp", template=BOX)
def box_of_rsvp(rsvp, request):
    return follow_box(request) if rsvp.is_holding else None


@panel("series", template=BOX)
def box_of_series(series, request):
    return follow_box(request, series=series)


@panel("event beside", template=BOX, order=90)
def box_of_event(event, request):
    """Where there is no seat to be had: full, over, or called off."""
    has_seat = event.is_open and not event.is_full
    return None if has_seat or event.is_draft else follow_box(request, series=event.series)
