"""The chapter's own colour: which ones can be read, and the style sheet that sets it."""

from .colours import COLOUR, NEEDED, contrast, in_the_dark, least_contrast, readable_shade
from .views import address

__all__ = ["COLOUR", "NEEDED", "address", "contrast", "in_the_dark", "least_contrast", "readable_shade"]
