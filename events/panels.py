"""What the events show on pages of other rooms."""

from . import me_panels, photo_panels, principle_panels  # noqa: F401
