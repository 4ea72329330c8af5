"""The door: ticking off who came, walk-ins, and the figures afterwards."""

from .attendance import figures, is_open

__all__ = ["figures", "is_open"]
