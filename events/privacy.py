"""What the events keep about people: the entries of the register, in the order of the privacy page.

Erasing a member goes through them in the same order: access needs and questions before RSVPs, whose erasure leaves rows without
their person.
"""

# isort: off
from .access_needs import privacy as access_needs  # noqa: F401
from .calendars import privacy as calendars  # noqa: F401
from .door import privacy as door  # noqa: F401
from .messaging import privacy as messaging  # noqa: F401
from .photos import privacy as photos  # noqa: F401
from .proposals import privacy as proposals  # noqa: F401
from .series import privacy as series  # noqa: F401
from .questions import privacy as questions  # noqa: F401
from .rsvps import privacy as rsvps  # noqa: F401
from .planning import privacy as planning  # noqa: F401
