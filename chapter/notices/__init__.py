"""Notices of PostgreSQL (LISTEN, NOTIFY): where a process listens for them."""

from .connection import KEEPALIVE, params

__all__ = ["KEEPALIVE", "params"]
