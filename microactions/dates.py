"""Days of microactions, all in the chapter's time zone: today, which days may be chosen, which one is proposed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.models import Chapter
from events.models import Event

MAX_DAYS_AHEAD = 365
USUAL_DAYS = 14
# Days to the next event that make it a deadline: neither tomorrow nor far away.
NEXT_EVENT_DAYS = range(3, 46)


def local_now() -> datetime:
    return timezone.localtime(timezone.now(), ZoneInfo(Chapter.load().time_zone))


def today() -> date:
    return local_now().date()


def start_of(day) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(Chapter.load().time_zone))


def last_day() -> date:
    return today() + timedelta(days=MAX_DAYS_AHEAD)


def validate_day(day) -> None:
    """Raise ValidationError for a day that is over or more than a year away."""
    if day < today():
        raise ValidationError(_("This date has passed. Choose today or a later date."), code="past")
    if day > last_day():
        raise ValidationError(
            _("This is more than a year away. Choose an earlier date. A smaller step may help."), code="far"
        )


def proposed_day() -> date:
    """The day before the next event if that is 2–44 days away, else in two weeks. Two queries."""
    now = local_now()
    coming = Event.objects.filter(state=Event.State.PUBLISHED, starts_at__gt=now + timedelta(days=2))
    start = coming.order_by("starts_at", "id").values_list("starts_at", flat=True).first()
    away = (start.astimezone(now.tzinfo).date() - now.date()).days if start else 0
    return now.date() + timedelta(days=away - 1 if away in NEXT_EVENT_DAYS else USUAL_DAYS)
