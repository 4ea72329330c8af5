"""Whether the site is well: for the desk, and for machines that ask."""

from .state import State, look

__all__ = ["State", "look"]
