"""Questions and answers below an event."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, ExpressionWrapper, Q

from chapter.panels import panel
from chapter.prepared import prepared

from .. import rsvps
from ..access import may_run
from ..models import Question
from . import actions
from .forms import AskForm

MOST = 50
Status = Question.Status
SHOWN = Q(status=Status.VISIBLE)


@panel("event", template="events/questions/_on_event.html", order=60)
def questions_of_event(event, request):
    """What the reader may read; nothing where there is nothing to read and the reader may not ask. At most two queries."""
    if event.is_draft:
        return None
    rsvp = rsvps.rsvp_of(request, event)
    is_host = may_run(request.user, event)
    questions = _readable(event.pk, request.user, rsvp, is_host)
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


def _readable(event, user, rsvp, is_host):
    if is_host:
        return _of_host(event=event, member=user.pk)
    if user.is_authenticated:
        return _of_member(event=event, member=user.pk)
    return _of_guest(event=event, rsvp=rsvp.pk) if rsvp else _shown(event=event)


@prepared
def _shown(event):
    return _of(event).shown()[:MOST]


@prepared
def _of_host(event, member):
    return _of(event).told_apart(member=member).select_related("member", "rsvp__member")[:MOST]


@prepared
def _of_member(event, member):
    return _of(event).told_apart(member=member).filter(SHOWN | Q(status=Status.HELD, is_mine=True))[:MOST]


@prepared
def _of_guest(event, rsvp):
    rows = _of(event).annotate(is_mine=ExpressionWrapper(Q(rsvp=rsvp), BooleanField()))
    return rows.filter(SHOWN | Q(status=Status.HELD, is_mine=True))[:MOST]


def _of(event):
    return Question.objects.filter(event=event).in_order()
