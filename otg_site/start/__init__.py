"""What is looked at when the site starts, so that what is wrong is said then, and with its remedy."""

from . import addresses, extras, limits

__all__ = ["addresses", "extras", "limits"]
