"""What followers/ keeps about people: the entries of the register."""

from .announcing import privacy as announcing  # noqa: F401
from .following import privacy as following  # noqa: F401
