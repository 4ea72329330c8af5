"""The seven principles and their wordings."""

from django.apps import AppConfig


class PrinciplesConfig(AppConfig):
    name = "principles"
