"""The board’s page: its address, its forms, its answers."""

from .refusals import sentence
from .views import find, unlisted

__all__ = ["find", "sentence", "unlisted"]
