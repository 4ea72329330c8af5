"""The panels of every room, imported so that other pages show them."""

from .announcing import panels as announcing  # noqa: F401
from .following import panels as following  # noqa: F401
