"""What the events show on pages of other rooms."""

from . import (  # noqa: F401
    door_panels,
    me_panels,
    photo_panels,
    principle_panels,
)
