"""What the events show on pages of other rooms."""

from . import (  # noqa: F401
    calendar_panels,
    desk_panels,
    door_panels,
    me_panels,
    photo_panels,
    principle_panels,
    proposal_panels,
    sister_panels,
)
