"""What followers/ keeps about people: the entries of the register."""

from .following import privacy as following  # noqa: F401
