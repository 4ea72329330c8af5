"""Where seasons show on other pages."""

from chapter.panels import panel

from . import actions


@panel("principle", template="events/seasons/_on_principle.html", order=5)
def seasons_of_principle(principle, request):
    found = actions.of_principle(principle)
    return {"seasons": found} if found else None
