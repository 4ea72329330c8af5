"""The board’s page: its address, its forms, its answers."""

from .answers import find, unlisted

__all__ = ["find", "unlisted"]
