"""Accounts: sign-in, members, organisers, and asking again who somebody is."""

from . import organisers
from .asking_again import asks_again
from .sign_in import on_sign_in

__all__ = ["asks_again", "on_sign_in", "organisers"]
