"""Lean Coffee boards, and what else a room does at them."""

from django.apps import AppConfig


class FacilitationConfig(AppConfig):
    name = "facilitation"

    def ready(self):
        from .twenty_five import kind  # noqa: F401
