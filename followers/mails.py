"""The letters of every room, imported so that the mail queue finds them by their kind."""

from .announcing import letters as announcing  # noqa: F401
from .following import letters as following  # noqa: F401
from .inviting import letters as inviting  # noqa: F401
