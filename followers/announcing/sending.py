"""Digests: the mails that carry news, queued in portions.

A portion is at most `MAIL_PER_MINUTE`, less those still on their way, so that nothing is added while a mail server
refuses: it goes on by itself once they have gone. Each digest and its Delivery are made in one transaction with the news
that they tell, so a worker that dies loses none and tells none twice.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from chapter import mail
from chapter.models import Chapter, Delivery

from .. import inviting
from ..models import Digest, Follower, News

KIND = "news"
HOUR_OF_DAY = 8
Rhythm = Follower.Rhythm


def send_portion() -> int:
    """Queue the next digests that are due; returns how many. Two at once take different followers."""
    room = settings.MAIL_PER_MINUTE - on_their_way()
    return _queue(room) if room > 0 else 0


def invite_portion() -> int:
    """The same for invitations, which news go before."""
    room = settings.MAIL_PER_MINUTE - on_their_way() - Delivery.objects.waiting(inviting.KIND).count()
    return inviting.queue_portion(room) if room > 0 else 0


def on_their_way() -> int:
    return Delivery.objects.waiting(KIND).count()


@transaction.atomic
def _queue(room):
    rows = due_followers().select_for_update(skip_locked=True, of=("self",)).order_by("id")[:room]
    followers = list(rows.values_list("pk", flat=True))
    digests = Digest.objects.bulk_create([Digest(follower_id=pk) for pk in followers])
    of_follower = Digest.objects.filter(pk__in=[digest.pk for digest in digests], follower=OuterRef("follower"))
    News.objects.untold().filter(follower__in=followers).update(digest=Subquery(of_follower.values("pk")))
    Follower.objects.filter(pk__in=followers).update(mailed_at=timezone.now())
    return mail.post_all(KIND, [digest.pk for digest in digests])


def due_followers():
    """Those with news, whose rhythm says that it is time, and those with news that cannot wait."""
    untold = News.objects.untold().filter(follower=OuterRef("pk"))
    now = timezone.now()
    is_time = Q()
    for rhythm in Rhythm.values:
        is_time |= Q(rhythm=rhythm, last__lt=turn_before(now, rhythm))
    last = Coalesce("mailed_at", "confirmed_at")
    never = Q(rhythm=Rhythm.AT_ONCE, mailed_at=None)
    is_urgent = Exists(untold.filter(announcement__is_urgent=True))
    return Follower.objects.reachable().alias(last=last).filter(is_time | never | is_urgent, Exists(untold))


def turn_before(now: datetime, rhythm: str) -> datetime:
    """Who was last mailed before then may be mailed again: a day ago, or the last Monday or first of a month, 8 o'clock
    on the chapter's clock."""
    if rhythm == Rhythm.AT_ONCE:
        return now - timedelta(days=1)
    local = now.astimezone(ZoneInfo(Chapter.load().time_zone))
    eight = local.replace(hour=HOUR_OF_DAY, minute=0, second=0, microsecond=0)
    if rhythm == Rhythm.WEEKLY:
        turn = eight - timedelta(days=local.weekday())
        return turn if turn <= local else turn - timedelta(weeks=1)
    turn = eight.replace(day=1)
    return turn if turn <= local else (turn - timedelta(days=1)).replace(day=1)
