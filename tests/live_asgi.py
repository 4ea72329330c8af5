"""The site for LiveServer: as deployed, but with style sheets and scripts straight from the sources, and less patient."""

from django.conf import settings

settings.WHITENOISE_USE_FINDERS = True

from otg_site.asgi import application  # noqa: E402 isort: skip
from facilitation.live import hub as live  # noqa: E402 (its models need Django to be set up)

live.LOOK_AGAIN_SECONDS = 2

__all__ = ["application"]
