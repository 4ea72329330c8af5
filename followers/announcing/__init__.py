"""Announcing: what followers are told, when, and in how many mails."""

from .actions import announce, readers_of
from .panels import telling_of
from .sources import Item, Subject, source

__all__ = ["Item", "Subject", "announce", "readers_of", "source", "telling_of"]
