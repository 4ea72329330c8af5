"""The site's typeface: whole for pictures, and cut down to WOFF2 files for pages."""

from .source import path

__all__ = ["path"]
