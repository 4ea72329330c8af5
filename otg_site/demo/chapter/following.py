"""Who follows the demo's chapter, and what they were told lately."""

from datetime import timedelta
from itertools import islice

from chapter.models import Delivery
from events.models import Series
from followers.models import Announcement, Digest, Follower, News

from .people import guests

GUESTS = 46
UNCONFIRMED = 3
MEMBERS = ("kari", "ola")
RHYTHMS = ("at_once", "at_once", "weekly", "at_once", "monthly")
TOLD = timedelta(days=2)


def load(event, members, calendar):
    """Store the followers, and an announcement of `event` that they all got two days ago."""
    followers = [_member(members[key], calendar) for key in MEMBERS]
    followers += [_guest(place, who, calendar) for place, who in enumerate(islice(guests(), GUESTS))]
    Follower.objects.bulk_create(followers)
    if series := Series.objects.order_by("id").first():
        followers[0].series.add(series)
    _tell(event, [follower for follower in followers if follower.confirmed_at], calendar.moment - TOLD)


def _member(member, calendar):
    return Follower(member=member, language=member.language, confirmed_at=calendar.moment - timedelta(days=90))


def _guest(place, who, calendar):
    asked = calendar.moment - timedelta(days=5 + 7 * place)
    return Follower(
        email=who.email.replace("@", "-follows@"),
        language=who.language,
        rhythm=RHYTHMS[place % len(RHYTHMS)],
        wants_posts=place % 3 == 0,
        wants_letter=place % 2 == 0,
        created_at=asked,
        confirmed_at=None if place < UNCONFIRMED else asked,
    )


def _tell(event, followers, moment):
    told = Announcement.objects.create(
        kind="meetup", object_id=event.pk, due_at=moment, spread_at=moment, made_at=moment
    )
    digests = Digest.objects.bulk_create(Digest(follower=follower, made_at=moment) for follower in followers)
    News.objects.bulk_create(News(announcement=told, follower=digest.follower, digest=digest) for digest in digests)
    Delivery.objects.bulk_create(
        Delivery(kind="news", object_id=digest.pk, created_at=moment, sent_at=moment) for digest in digests
    )
    Follower.objects.filter(pk__in=[follower.pk for follower in followers]).update(mailed_at=moment)
