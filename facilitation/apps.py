"""Lean Coffee boards, and what else a room does at them."""

from django.apps import AppConfig


class FacilitationConfig(AppConfig):
    name = "facilitation"

    def ready(self):
        from .one_three_nine import kind as _one_three_nine  # noqa: F401
        from .sessions import kind as _sessions  # noqa: F401
        from .twenty_five import kind as _twenty_five  # noqa: F401
