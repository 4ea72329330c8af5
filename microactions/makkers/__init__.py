"""Makkers: two people who follow each other’s microactions."""

from .boxes import follow_up

__all__ = ["follow_up"]
