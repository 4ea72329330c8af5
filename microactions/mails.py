"""Registers the letters of every room with chapter.mail."""

from .addresses import letters as address_letters  # noqa: F401
from .check_ins import letters as check_in_letters  # noqa: F401
from .makkers import letters as makker_letters  # noqa: F401
from .pledges import letters as pledge_letters  # noqa: F401
