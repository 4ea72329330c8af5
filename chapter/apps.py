"""The ground floor: the chapter itself, and what every app uses."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.module_loading import autodiscover_modules


class ChapterConfig(AppConfig):
    default = True
    name = "chapter"

    def ready(self):
        """Import what the apps register: letters, panels, personal data and sign-in hooks."""
        from .pages import blanks, contact  # noqa: F401
        from .privacy import panels  # noqa: F401

        autodiscover_modules("mails", "panels", "privacy", "sign_in")
        from .privacy import own  # noqa: F401  last, as the privacy page lists it


class AdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "chapter.accounts.admin_site.AdminSite"
