"""What stands before Django: a request is collected until it is whole, and only then takes a thread."""

from .pages import Pages
from .whole import OnlyWhole

__all__ = ["OnlyWhole", "Pages"]
