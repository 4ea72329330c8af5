"""Asking, answering and showing questions. Each waits until a host has answered it or let it be shown.

Whoever runs an event reads each one before others do, so there is nothing to decide about links, or about whom to trust.
A host gets one mail a day at most, whatever the number of questions and events.
"""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import mail
from chapter.languages import current
from chapter.models import Delivery, Member
from chapter.text import comment_html

from .. import audit
from ..models import Event, Question

KIND = "questions_waiting"
Status = Question.Status
LOGGED = {"answer": "question_answered", "show": "question_shown", "hide": "question_hidden"}

audit.describe("question_answered", _("answered a question about the event"))
audit.describe("question_shown", _("let a question be shown at the event"))
audit.describe("question_hidden", _("chose not to show a question about the event"))


def may_ask(event, user, rsvp) -> bool:
    """Members, and guests who come or wait and are known by their link; until the event is over."""
    is_open = not (event.is_draft or event.is_cancelled) and (event.is_postponed or not event.is_over)
    return is_open and (user.is_authenticated or bool(rsvp and rsvp.is_holding))


def of_reader(event, user, rsvp) -> QuerySet[Question]:
    """What this reader has asked about the event, and may delete."""
    if user.is_authenticated:
        return event.questions.of_member(user)
    return event.questions.filter(rsvp=rsvp) if rsvp else event.questions.none()


@transaction.atomic
def ask(event, *, body, member=None, rsvp=None) -> Question:
    """Store a question that its asker and the hosts see, and tell the hosts if they have had no mail of it today."""
    written = {"body": body, "body_html": comment_html(body), "language": current()}
    question = event.questions.create(member=member, rsvp=None if member else rsvp, **written)
    for host in hosts_of(event):
        _tell(host)
    return question


@transaction.atomic
def decide(question, *, move, answer, by) -> None:
    """One of LOGGED: answer and show, show with the answer it has, or show no longer."""
    if move == "answer":
        question.answer, question.answer_html, question.answer_language = answer, comment_html(answer), current()
    question.status = Status.HIDDEN if move == "hide" else Status.VISIBLE
    question.save(update_fields=["status", "answer", "answer_html", "answer_language"])
    audit.record(LOGGED[move], question.event, by=by)


# Telling the hosts


def hosts_of(event) -> list[Member]:
    """Those who answer: the hosts, all organisers where there is none."""
    hosts = event.hosts.filter(is_active=True).order_by("id")
    return list(hosts) or list(Member.objects.organisers())


@transaction.atomic
def tell_of_waiting() -> int:
    """Tell the hosts of questions that came after their last mail, if that was before today; returns how many."""
    newest = {}
    for question in waiting().select_related("event"):
        for host in hosts_of(question.event):
            newest[host] = max(question.created_at, newest.get(host, question.created_at))
    told = [host for host, asked_at in newest.items() if not _deliveries(host).filter(created_at__gt=asked_at)]
    return sum(map(_tell, told))


def waiting() -> QuerySet[Question]:
    """The held ones of events that are still to come."""
    events = Event.objects.announced().filter(ends_at__gt=timezone.now()).exclude(state=Event.State.CANCELLED)
    return Question.objects.held().filter(event__in=events).in_order()


def waiting_for(host) -> QuerySet[Question]:
    """Those that are this host's to answer; of events without a host, every organiser's."""
    is_theirs = Q(event__hosts=host) | Q(event__hosts=None) if host.is_organiser else Q(event__hosts=host)
    return waiting().filter(is_theirs)


def _tell(host) -> bool:
    day = timezone.localdate().toordinal()
    is_new = not _deliveries(host).filter(sequence=day).exists()
    mail.post(KIND, host.pk, sequence=day)
    return is_new


def _deliveries(host):
    return Delivery.objects.filter(kind=KIND, object_id=host.pk)
