"""The tables of microactions/."""

from .cheer import Cheer
from .following import MAX_MAILS
from .makker import Makker, makker_token
from .microaction import MAX_WHAT, Microaction, manage_token
from .proposed_address import ProposedAddress, address_token

__all__ = [
    "MAX_MAILS",
    "MAX_WHAT",
    "Cheer",
    "Makker",
    "Microaction",
    "ProposedAddress",
    "address_token",
    "makker_token",
    "manage_token",
]
