"""What the events show on pages of other rooms."""

from . import door_panels, me_panels, principle_panels  # noqa: F401
