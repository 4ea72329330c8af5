"""Questions and answers below an event."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from chapter.panels import panel
from chapter.prepared import prepared

from .. import rsvps
from ..access import may_run
from ..models import Question
from . import actions
from .forms import AskForm

MOST = 50


@panel("event", template="events/questions/_on_event.html", order=60)
def questions_of_event(event, request):
    """What the reader may read; nothing where there is nothing to read and the reader may not ask. At most three queries."""
    if event.is_draft:
        return None
    rsvp = rsvps.rsvp_of(request, event)
    is_host = may_run(request.user, event)
    questions = (
        _shown(event=event.pk) if _is_unknown(request, rsvp) else _readable(event, request.user, rsvp, is_host)
    )
    # Whoever answers has nobody to ask.
    may_ask = not is_host and actions.may_ask(event, request.user, rsvp)
    if not (questions or may_ask):
        return None
    return {"event": event, "questions": questions, "is_host": is_host, "form": AskForm() if may_ask else None}


@panel("rsvp", template="events/questions/_on_rsvp.html", order=10)
def ask_from_the_link(rsvp, request):
    """For a guest whom this browser does not know on the event's page."""
    may_ask = rsvp.member is None and actions.may_ask(rsvp.event, AnonymousUser(), rsvp)
    return {"rsvp": rsvp, "form": AskForm()} if may_ask else None


def _is_unknown(request, rsvp):
    return rsvp is None and not request.user.is_authenticated


@prepared
def _shown(event):
    return Question.objects.filter(event=event).shown().in_order()[:MOST]


def _readable(event, user, rsvp, is_host):
    mine = set(actions.of_reader(event, user, rsvp).values_list("pk", flat=True))
    rows = event.questions.select_related("member", "rsvp__member").in_order()
    if not is_host:
        rows = rows.filter(Q(status=Question.Status.VISIBLE) | Q(pk__in=mine, status=Question.Status.HELD))
    questions = list(rows[:MOST])
    for question in questions:
        question.is_mine = question.pk in mine
    return questions
