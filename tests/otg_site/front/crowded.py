"""The site for LiveServer, with room for few bodies."""

from otg_site.front import bodies
from otg_site.wsgi import application

bodies.HELD_BYTES, bodies.SHARE_BYTES = 1_500_000, 500_000

__all__ = ["application"]
