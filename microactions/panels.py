"""Microactions on other pages: an event's, a principle's, my own, and the organisers' desk."""

from django.db.models import Count, Window
from django.utils import timezone
from django.utils.translation import get_language

from chapter import charts
from chapter.models import acts_as_organiser
from chapter.page_cache import once_a_minute
from chapter.panels import panel
from chapter.prepared import prepared

from .check_ins import results
from .cheers import person_of
from .models import Makker, Microaction
from .origins.actions import linkable
from .origins.since import because_of, origins_of, since_last

ON_EVENT = 12
ON_PRINCIPLE = 6
ON_ME = 30
ON_DESK = 10


@panel("event", template="microactions/origins/_since_on_event.html", order=16)
def since_last_time(event, request):
    # Once the meetup is over, what came of the one before is old news.
    since = because_of(event) if event.is_over else since_last(event)
    return {"since": since} if since else None


@panel("event", template="microactions/origins/_on_event.html", order=90)
def origins_for_organisers(event, request):
    if not acts_as_organiser(request.user):
        return None
    return {"event": event, "origins": origins_of(event), "choices": _linkable()}


@prepared
def _linkable():
    return linkable()


@panel("event", template="microactions/_on_event.html", order=20)
def microactions_of_event(event, request):
    found = _shown_at(event, request)
    if not (found or event.is_over):  # nothing to invite to before people were there
        return None
    return {"event": event, "microactions": found[:ON_EVENT], "more": len(found) > ON_EVENT}


@panel("past event", template="microactions/_on_past_event.html", order=20)
def results_of_past_events(events, request):
    """The latest public result of each event, and how many it has; one query."""
    rows = Microaction.objects.public().with_result().filter(event__in=[event.pk for event in events])
    rows = rows.annotate(number=Window(Count("pk"), partition_by="event")).order_by("event", "-result_at", "-id")
    return {row.event_id: {"microaction": row, "more": row.number - 1} for row in rows.distinct("event")}


def _shown_at(event, request):
    if request.user.is_authenticated:
        return _shown_to_member(event=event.pk, member=request.user.pk)
    rows = Microaction.objects.filter(event=event).at_event().visible_to(request.user)
    return list(rows.results_first().for_notes(*person_of(request))[: ON_EVENT + 1])


@prepared
def _shown_to_member(event, member):
    rows = Microaction.objects.filter(event=event).at_event().visible_to_member(member)
    return rows.results_first().for_notes(member)[: ON_EVENT + 1]


@panel("principle", template="microactions/_on_principle.html", order=20)
def microactions_of_principle(principle, request):
    rows = Microaction.objects.public().filter(principle=principle).latest().for_notes(*person_of(request))
    found = list(rows[:ON_PRINCIPLE])
    return {"principle": principle, "microactions": found} if found else None


@panel("me", template="microactions/_on_me.html", order=20)
def microactions_of_member(member, request):
    # By the server's calendar: a day more or less makes no difference here.
    return {"microactions": _own(member=member.pk), "today": timezone.localdate()}


@prepared
def _own(member):
    return Microaction.objects.filter(member=member).open_first()[:ON_ME]


@panel("me", template="microactions/makkers/_on_me.html", order=25)
def makker_of(member, request):
    found = _makker_of(member=member.pk)
    return {"makkers": found} if found else None


@prepared
def _makker_of(member):
    rows = Makker.objects.accepted().filter(member=member).exclude(microaction__status=Microaction.Status.LET_GO)
    return rows.select_related("microaction__member").order_by("-microaction__due_on", "-id")[:ON_ME]


@panel("figures", template="microactions/_on_figures.html")
def results_of_a_year(subject, request):
    """What the microactions of the last twelve months led to, also those that nobody else may read: numbers alone."""
    # With their labels, so once for each language.
    rows = once_a_minute(request, f"results-of-a-year:{get_language()}", results.of_last_year)
    total = sum(number for _label, number in rows)
    return {"rows": rows, "total": total, "chart": charts.bars(rows)} if total else None


@panel("desk people", template="microactions/wall/_on_desk.html", order=130)
def pledges_to_approve(subject, request):
    number = _to_approve.count()
    return {"number": number} if number else None


@prepared
def _to_approve():
    return Microaction.objects.awaiting_approval().values("pk")[:ON_DESK]
