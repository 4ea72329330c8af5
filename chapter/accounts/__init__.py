"""Accounts: sign-in, members, organisers."""

from . import organisers
from .sign_in import on_sign_in

__all__ = ["on_sign_in", "organisers"]
