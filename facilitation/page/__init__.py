"""The board’s page: its address, its forms, its answers."""

from .views import find, unlisted

__all__ = ["find", "unlisted"]
