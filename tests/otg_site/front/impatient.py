"""The site for LiveServer, with very little patience."""

from otg_site.front import bodies, worker
from otg_site.wsgi import application

worker.HEAD_SECONDS = 1
bodies.GRACE_SECONDS = 1

__all__ = ["application"]
