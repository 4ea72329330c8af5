"""What questions keep about people, how it leaves, and when.

Registered before the RSVPs: erasing those leaves rows without their person.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.models import Chapter
from chapter.privacy import Basis, days, earliest, register

from ..models import Question


def export_questions(member):
    for question in Question.objects.of_member(member).select_related("event").in_order():
        yield {
            "event": question.event.slug,
            "text": question.body,
            "answer": question.answer,
            "status": question.status,
            "asked": question.created_at.isoformat(),
        }


def erase_questions(member, *, keep_texts):
    """With `keep_texts` those that are shown stay, as they stood there: without a name. All others are deleted."""
    theirs = Question.objects.of_member(member)
    if keep_texts:
        Question.objects.filter(pk__in=list(theirs.shown().values_list("pk", flat=True))).update(
            member=None, rsvp=None
        )
    theirs.delete()


def expire_questions():
    """With the event's guests: delete what was never shown, and forget which guest asked the others."""
    limit = timezone.now() - timedelta(days=Chapter.load().guests_kept_days)
    over = Question.objects.filter(Q(event__ends_at__lt=limit) & ~Q(event__state="postponed"))
    deleted = over.exclude(status=Question.Status.VISIBLE).delete()[0]
    return deleted + over.exclude(rsvp=None).update(rsvp=None)


register(
    Question,
    what=_("Your questions about an event."),
    kept=format_lazy(
        _("Until you delete them; guests’: {period} after the event."),
        period=days(lambda: Chapter.load().guests_kept_days),
    ),
    export=export_questions,
    erase=erase_questions,
    expire=expire_questions,
    oldest=lambda: earliest(Question.objects.exclude(rsvp=None), "created_at"),
    basis=Basis.ASKED,
)
