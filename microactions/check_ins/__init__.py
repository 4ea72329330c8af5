"""Check-ins: did it happen, and what changed?"""

from .actions import Outcome
from .views import manage_forms

__all__ = ["Outcome", "manage_forms"]
