"""An event on its way in, whatever it was read from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


class _Unsaid:
    def __bool__(self):
        return False

    def __repr__(self):
        return "UNSAID"


UNSAID: Any = _Unsaid()
COLUMNS = (
    *(
        "kind",
        "state",
        "state_reason",
        "reason_language",
        "starts_at",
        "ends_at",
        "time_zone",
        "is_whole_days",
        "online_url",
        "capacity",
    ),
    *("cut_off_hours", "moved_from", "sequence", "changed_at", "published_at"),
)


@dataclass
class EventRow:
    """What a file says of one event. What is UNSAID a stored event keeps, and a new one gets by default.

    `external_id` is the file's own name for the event, for ever the same. Times are aware; without `ends_at` it lasts an hour.
    """

    external_id: str
    texts: dict[str, tuple[str, str]]  # {language: (title, body)}, the main language first
    starts_at: datetime
    ends_at: datetime | None = None
    source: str = ""
    uid: UUID | None = None
    slug: str = ""
    url: str = ""  # of the event's page, kept as the source of its text
    is_export: bool = False  # of a site like this one, whose drafts, states and dates are taken as they are
    kind: str = UNSAID
    state: str = UNSAID
    state_reason: str = UNSAID
    reason_language: str = UNSAID
    time_zone: str = UNSAID
    is_whole_days: bool = UNSAID  # from midnight to midnight on the clock of its zone
    venue: dict[str, str] | None = UNSAID  # fields of Venue
    online_url: str = UNSAID
    capacity: int | None = UNSAID
    cut_off_hours: int = UNSAID
    principles: list[int] = UNSAID  # numbers
    moved_from: datetime | None = UNSAID
    sequence: int = UNSAID
    changed_at: datetime = UNSAID
    published_at: datetime | None = UNSAID

    @property
    def title(self) -> str:
        """In the main language; empty without a text."""
        return next(iter(self.texts.values()))[0] if self.texts else ""

    def columns(self) -> dict[str, Any]:
        return {name: value for name in COLUMNS if (value := getattr(self, name)) is not UNSAID}
