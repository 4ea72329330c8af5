"""An invented chapter to look at: people, events, boards, microactions and posts, all dated from today.

The texts are data in `texts/`; each module here turns one kind of them into rows.
"""

from django.db import transaction

from chapter.models import Member
from principles.models import Principle

from . import (
    boards,
    door,
    following,
    hall,
    happenings,
    people,
    pledges,
    proposals,
    repeating,
    seats,
    sister_chapters,
    stories,
)
from .calendar import Calendar
from .pictures import covers, photos, portraits

# Her account marks a database that has the demo already.
KARI = "kari@example.org"


class NotPrepared(Exception):
    """The shipped texts are not in the database yet."""


def load():
    """Fill the database with the demo chapter; False, and nothing changed, if it is there already.

    Sends no mail. Raises NotPrepared before `manage.py prepare` has run.
    """
    if Member.objects.filter(email=KARI).exists():
        return False
    if not Principle.objects.exists():
        raise NotPrepared
    # The pictures come after the commit: their files would survive a rollback.
    posts, events = load_rows(Calendar.now())
    covers.load(posts)
    photos.load(events)
    portraits.load()
    return True


@transaction.atomic
def load_rows(calendar):
    """Store everything but the pictures into an empty database; returns posts and events by key."""
    members = people.load(calendar)
    events = happenings.load(members, calendar)
    seats.load(events, members, calendar)
    door.load(events, members)
    repeating.load(events, members, calendar)
    pledged = pledges.load(events.found, members, calendar)
    proposals.load(events.found, members, calendar)
    boards.load(events.found, pledged, calendar)
    hall.load(events.found, calendar)
    sister_chapters.load(calendar)
    following.load(events.coming[0][1], members, calendar)
    return stories.load(events.found, members, calendar), events.found
