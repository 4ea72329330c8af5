"""The facts of an event from which its summary is composed, as its templates need them.

No name that its person has not ticked: a microaction is quoted without its author.
"""

from django.db.models import Q

from events.models import Event
from facilitation.models import board_of
from microactions.models import Microaction
from principles.models import Principle

from ..posts import PROMPT
from .board import Lines, board_facts
from .hall import activities_of, length_of
from .people import named, names_at, people_at
from .words import fitting, listed, quoted

ROOM_MICROACTIONS = 4_000


def facts(event, language, *, authors) -> dict:
    """Context for the templates of a summary. `language` must be the active one; `authors` are names of bylines."""
    board = board_of(event)
    return _of_event(event, language, board, authors) | (_of_board(event, language, board) if board else {})


def _of_board(event, language, board):
    activities = activities_of(board)
    return {
        **board_facts(board, taken=length_of(activities)),
        "people": people_at(board),
        "names": named(names_at(board)),
        "activities": activities,
        # A day of several activities is told along the principles.
        "principles": _principles(language) if activities else [],
    }


def _of_event(event, language, board, authors):
    return {
        "event": event,
        "prompt": PROMPT,
        "title": event.wording_in(language).title,
        "origin": origin_of(event, language),
        "going": 0 if board else event.rsvps.going().count(),
        "themes": [quoted(theme.wording.title) for theme in _themes(event, language)],
        "microactions": Lines(*fitting([quoted(what) for what in _shared(event)], characters=ROOM_MICROACTIONS)),
        "next": _next(event, language),
        "authors": listed([quoted(name) for name in authors]) if authors else "",
    }


def origin_of(event, language):
    """The earlier microaction that this meetup came of; a public one before others.

    Of one that is not public only that it exists: its words are "".
    """
    found = event.origins.told().order_by("created_at", "id").select_related("event")
    public = found.public().first()
    return _told(public, language) if public else ({"what": ""} if found.exists() else None)


def _told(microaction, language):
    earlier = microaction.event if microaction.event and not microaction.event.is_draft else None
    wording = earlier.wording_in(language) if earlier else None
    return {
        "what": microaction.what,
        "name": microaction.name,
        "title": wording.title if wording else "",
        "day": earlier.local_start if earlier else None,
    }


def _themes(event, language):
    themes = Principle.objects.with_wordings(language).filter(events=event)
    return [theme for theme in themes if theme.wording]


def _principles(language):
    found = Principle.objects.with_wordings(language)
    return [quoted(principle.wording.title) for principle in found if principle.wording]


def _shared(event):
    # Public ones, and those whose person ticked that the summary may quote them.
    chosen = Q(visibility=Microaction.Visibility.PUBLIC) | Q(at_board__in_summary=True)
    rows = Microaction.objects.told().filter(chosen, event=event, held=False)
    return rows.order_by("created_at", "id").values_list("what", flat=True)


def _next(event, language):
    # The next one that is announced already.
    later = Event.objects.upcoming().filter(state=Event.State.PUBLISHED, starts_at__gte=event.ends_at)
    found = later.select_related("venue").first()
    if found is None:
        return None
    wording = found.wording_in(language)
    venue = quoted(str(found.venue)) if found.venue else ""
    return {"event": found, "title": quoted(wording.title if wording else found.slug), "venue": venue}
