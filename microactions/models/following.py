"""Which microactions a mail is due about, and which have become unknown."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .. import dates

# Mails about one microaction to its person, at most, in all its rounds; the one that confirms it is not counted.
MAX_MAILS = 3
ASK_AGAIN_AFTER = timedelta(days=7)
# From so long after its day on, an unanswered one is unknown: both questions have been asked by then.
UNKNOWN_AFTER = timedelta(days=9)


class FollowedQuerySet(models.QuerySet):
    """The part of the vocabulary that the mails, and the counting of answers, use."""

    def open(self):
        return self.filter(status=self.model.Status.OPEN)

    def unknown(self, today):
        """Open ones whose day is long over and whose person has said nothing: not failed, unknown."""
        return self.open().filter(due_on__lt=today - UNKNOWN_AFTER)

    def counted(self):
        """{done, partly, unknown: how many}; one query. Pledges as such are never counted.

        Unknown as `Microaction.is_unknown` has it, by the server's calendar.
        """
        done, partly = Q(status=self.model.Status.DONE), Q(status=self.model.Status.PARTLY)
        long_ago = Q(status=self.model.Status.OPEN, due_on__lt=timezone.localdate() - UNKNOWN_AFTER)
        kinds = {"done": done, "partly": partly, "unknown": long_ago}
        return self.aggregate(**{name: models.Count("pk", filter=which) for name, which in kinds.items()})

    def reachable(self):
        """Open ones about which a mail may still be sent to their person."""
        rows = self.open().with_address().filter(mails_stopped=False, mails__lt=MAX_MAILS)
        return rows.order_by("due_on", "id")

    def to_remind(self, today):
        """Those whose day is `today`; not with the last of their mails, since the question matters more."""
        return self.reachable().filter(due_on=today, reminded_at=None, asked_at=None, mails__lt=MAX_MAILS - 1)

    def to_ask(self, today):
        """Those whose day is before `today` and whose person has not been asked about that day."""
        return self.reachable().filter(due_on__lt=today, asked_at=None)

    def to_ask_again(self, today):
        """Those who were asked at least a week ago, have said nothing since, and were not asked a second time."""
        last_asked = dates.start_of(today - ASK_AGAIN_AFTER + timedelta(days=1))
        return self.reachable().filter(asked_at__lt=last_asked, asked_again_at=None)
