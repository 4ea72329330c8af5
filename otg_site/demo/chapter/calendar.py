"""When things happen in the demo, counted from today on the chapter's wall clock."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from chapter.timezones import from_wall_clock

ZONE = "Europe/Oslo"
# Nobody meets in the summer holidays or has time in January.
CLOSED_MONTHS = {1, 7}
SATURDAY, THURSDAY = 5, 3


def third_thursday(year, month):
    first = date(year, month, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 14)


def at(day, clock, zone=ZONE):
    """The aware datetime when the clock in `zone` shows e.g. "11:30" on `day`."""
    return from_wall_clock(datetime.combine(day, time.fromisoformat(clock)), zone)


@dataclass(frozen=True)
class Calendar:
    """Now and today of the demo, fixed while it is loaded."""

    moment: datetime
    today: date

    @classmethod
    def now(cls):
        moment = timezone.now()
        return cls(moment, moment.astimezone(ZoneInfo(ZONE)).date())

    def day(self, days):
        return self.today + timedelta(days=days)

    def workday(self, days):
        day = self.day(days)
        return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day

    def weekday(self, *, weeks, iso):
        """The day with ISO weekday `iso`, so many weeks from this one."""
        return self.today + timedelta(weeks=weeks, days=iso - self.today.isoweekday())

    def lunch_days(self, *, from_month, to_month):
        """Third Thursdays, so many months from this one, in order, without January and July."""
        months = [divmod(self.today.year * 12 + self.today.month - 1 + n, 12) for n in range(from_month, to_month)]
        return [third_thursday(year, month + 1) for year, month in months if month + 1 not in CLOSED_MONTHS]
