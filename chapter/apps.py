"""The ground floor: who the chapter is, and what every room uses."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.module_loading import autodiscover_modules


class ChapterConfig(AppConfig):
    default = True
    name = "chapter"

    def ready(self):
        """Let every app register its letters, its panels, its personal data and what it does when a member arrives."""
        from .privacy import panels  # noqa: F401

        autodiscover_modules("mails", "panels", "privacy", "sign_in")
        from .privacy import own  # noqa: F401  last, as the privacy page lists it


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin, on our site class."""

    default = False
    default_site = "chapter.accounts.admin_site.AdminSite"
