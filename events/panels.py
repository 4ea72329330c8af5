"""The panels of every room, imported so that other pages show them."""

from .access_needs import panels as access_needs  # noqa: F401
from .calendars import panels as calendars  # noqa: F401
from .door import panels as door  # noqa: F401
from .pages import panels as pages  # noqa: F401
from .photos import panels as photos  # noqa: F401
from .planning import panels as planning  # noqa: F401
from .proposals import panels as proposals  # noqa: F401
from .questions import panels as questions  # noqa: F401
from .rsvps import panels as rsvps  # noqa: F401
from .seasons import panels as seasons  # noqa: F401
from .sisters import panels as sisters  # noqa: F401
