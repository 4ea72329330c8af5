"""The tables of microactions/."""

from chapter.models import secret_token

from .cheer import Cheer
from .makker import Makker
from .microaction import CHANGED_AT, COUNTED, MAX_MAILS, MAX_WHAT, UNKNOWN_AFTER, Microaction, is_unknown
from .proposed_address import ProposedAddress

# The names by which migrations know the default of the columns `token`.
manage_token = makker_token = address_token = secret_token

__all__ = [
    "CHANGED_AT",
    "COUNTED",
    "MAX_MAILS",
    "MAX_WHAT",
    "UNKNOWN_AFTER",
    "Cheer",
    "Makker",
    "Microaction",
    "ProposedAddress",
    "is_unknown",
]
