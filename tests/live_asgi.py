"""The site for LiveServer: as deployed, but with style sheets and scripts straight from the sources."""

from django.conf import settings

settings.WHITENOISE_USE_FINDERS = True

from otg_site.asgi import application  # noqa: E402

__all__ = ["application"]
