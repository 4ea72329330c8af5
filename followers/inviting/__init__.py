"""Inviting people who followed the chapter elsewhere."""

from .actions import KIND, queue_portion

__all__ = ["KIND", "queue_portion"]
