"""Addresses added later to a microaction that was made without one."""

from .actions import propose
from .forms import AddressForm

__all__ = ["AddressForm", "propose"]
