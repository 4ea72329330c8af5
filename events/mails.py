"""The letters of every room, imported so that the mail queue finds them by their kind."""

from .messaging import letters as messaging  # noqa: F401
from .photos import letters as photos  # noqa: F401
from .planning import letters as planning  # noqa: F401
from .proposals import letters as proposals  # noqa: F401
from .questions import letters as questions  # noqa: F401
from .rsvps import letters as rsvps  # noqa: F401
from .rsvps import reminders  # noqa: F401
from .series import letters as series  # noqa: F401
