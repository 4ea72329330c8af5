"""The front door: home, search and the organisers' desk."""

from django.apps import AppConfig


class OtgSiteConfig(AppConfig):
    name = "otg_site"

    def ready(self):
        from .health import panels  # noqa: F401
