"""Addresses added later to a microaction that was made without one."""

from .actions import confirm, propose, refuse
from .forms import AddressForm

__all__ = ["AddressForm", "confirm", "propose", "refuse"]
