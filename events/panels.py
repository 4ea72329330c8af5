"""What the events show on pages of other rooms."""

from . import me_panels, photo_panels, principle_panels  # noqa: F401
from . import calendar_panels, me_panels, principle_panels  # noqa: F401
from . import (  # noqa: F401
    door_panels,
    me_panels,
    photo_panels,
    principle_panels,
)
