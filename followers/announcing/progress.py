"""How far the telling is: for the desk, and the page of followers. Counts only; nobody is followed by opens or clicks."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from chapter.models import Delivery
from chapter.prepared import prepared

from ..models import Announcement, Follower, News
from .sending import KIND

SHOWN = 20
# Mails that are older than this and have not gone are refused by the server.
REFUSED_AFTER = timedelta(minutes=3)


def counts() -> dict[str, int]:
    is_reached = Q(confirmed_at__isnull=False, paused_at=None)
    return Follower.objects.aggregate(
        following=Count("pk", filter=is_reached),
        meetups=Count("pk", filter=is_reached & Q(wants_meetups=True)),
        posts=Count("pk", filter=is_reached & Q(wants_posts=True)),
        letter=Count("pk", filter=is_reached & Q(wants_letter=True)),
        unconfirmed=Count("pk", filter=Q(confirmed_at=None)),
        paused=Count("pk", filter=Q(paused_at__isnull=False)),
    )


def latest():
    """The latest announcements that somebody was to be told of, each with how many wait, and how many have been sent to."""
    delivery = Delivery.objects.filter(kind=KIND, object_id=OuterRef("digest"))
    sent = News.objects.filter(Exists(delivery.exclude(sent_at=None)), announcement=OuterRef("pk"))
    number = sent.order_by().values("announcement").annotate(number=Count("pk")).values("number")
    rows = Announcement.objects.exclude(spread_at=None, stopped_at__isnull=False)
    rows = rows.annotate(waiting=Count("news", filter=Q(news__digest=None)), sent=number)
    return rows.order_by("-made_at", "-id")[:SHOWN]


def is_server_refusing() -> bool:
    old = timezone.now() - REFUSED_AFTER
    return Delivery.objects.waiting(KIND).filter(created_at__lt=old).exists()


def untold() -> int:
    """How many mails to followers are still to go."""
    return _untold.count()


@prepared
def _untold():
    waiting = Delivery.objects.waiting(KIND).values("object_id")
    return News.objects.filter(Q(digest=None) | Q(digest__in=waiting)).order_by().values("follower").distinct()
