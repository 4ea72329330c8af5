"""The front door: home, search and the organisers' desk."""

from django.apps import AppConfig


class OtgSiteConfig(AppConfig):
    name = "otg_site"
