"""Posts in and out: WordPress, Squarespace and Markdown files."""

from .exporting import export, exported, restore

__all__ = ["export", "exported", "restore"]
