"""Writing this month's letter."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists
from django.utils import timezone

from chapter.models import Chapter, Member
from chapter.prepared import prepared
from followers import announcing
from followers.models import Announcement, Follower

from ..models import MonthlyLetter

KIND = "letter"


def this_month() -> date:
    """The first day of the month, on the chapter's clock."""
    return timezone.now().astimezone(ZoneInfo(Chapter.load().time_zone)).date().replace(day=1)


@transaction.atomic
def write(*, greeting: str, language: str, by: Member | None) -> MonthlyLetter:
    """Store this month's letter, or its new greeting."""
    values = {"greeting": greeting, "language": language, "author": by}
    return MonthlyLetter.objects.update_or_create(month=this_month(), defaults=values)[0]


def is_due() -> bool:
    """Whether somebody wants this month's letter and nobody has decided about it yet. One query."""
    return bool(_waits(month=this_month()))


@prepared
def _waits(month):
    letters = MonthlyLetter.objects.filter(month=month).values("pk")
    decided = Announcement.objects.filter(kind=KIND, object_id__in=letters)
    return Follower.objects.reachable().filter(~Exists(decided), wants_letter=True).only("pk")[:1]


@transaction.atomic
def send_by_itself() -> MonthlyLetter | None:
    """This month's letter without a greeting, if the chapter has said so and nobody has decided about it."""
    chapter = Chapter.load()
    if not (chapter.sends_letter and is_due()):
        return None
    letter = MonthlyLetter.objects.get_or_create(month=this_month(), defaults={"language": chapter.default_language})[
        0
    ]
    announcing.announce(KIND, letter.pk, by=None, about=str(letter))
    return letter
