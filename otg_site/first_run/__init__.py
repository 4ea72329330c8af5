"""What a new chapter does before people come: a list on the desk that goes away when it is done."""

from .steps import SAID, steps

__all__ = ["SAID", "steps"]
