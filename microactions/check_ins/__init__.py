"""Check-ins: did it happen, and what changed?"""

from .actions import NotConfirmed, Outcome, ask_due, is_asking_hour, is_morning, remind_due, report
from .views import manage_context

__all__ = [
    "NotConfirmed",
    "Outcome",
    "ask_due",
    "is_asking_hour",
    "is_morning",
    "manage_context",
    "remind_due",
    "report",
]
