"""Following: asking to be told, saying yes, choosing of what, stopping."""

from .actions import adopt_guest_row, stop, stop_address
from .box import follow_box
from .forms import StopForm

__all__ = ["StopForm", "adopt_guest_row", "follow_box", "stop", "stop_address"]
