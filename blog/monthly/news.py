"""The monthly letter as news to followers."""

from django.utils.translation import gettext as _

from chapter.languages import current
from chapter.models import Chapter
from chapter.text import dates
from followers.announcing import Item, Subject, source
from followers.models import Follower

from ..models import MonthlyLetter
from . import facts
from .actions import KIND


def _readers(letter_id):
    return Follower.objects.filter(wants_letter=True)


def to_tell(letter_id) -> Subject | None:
    found = MonthlyLetter.objects.filter(pk=letter_id).first()
    return found and Subject(title_of(found), current(), found.get_absolute_url())


def title_of(letter) -> str:
    name, month = Chapter.load().name, dates.month_and_year(letter.month)
    return _("%(month)s at %(chapter)s") % {"chapter": name, "month": month[:1].upper() + month[1:]}


@source(KIND, template="blog/monthly/mail/_letter.txt", readers=_readers, subject=to_tell, is_urgent=True)
def monthly_letter(letter_id: int, follower: Follower) -> Item | None:
    found = MonthlyLetter.objects.filter(pk=letter_id).first()
    if found is None:
        return None
    said = facts.facts_of(found, follower.language)
    if facts.is_empty(said) and not found.greeting:
        return None
    return Item(title_of(found), {**said, "greeting": found.greeting, "greeting_language": found.language})
