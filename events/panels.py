"""What the events show on pages of other rooms."""

from . import me_panels, principle_panels, proposal_panels  # noqa: F401
