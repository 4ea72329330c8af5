"""Bounces: mails to followers that come back."""

from .actions import note
from .verp import return_path

__all__ = ["note", "return_path"]
