"""The site as a folder of files, and back: by a command, or asked for on the organisers' pages."""

from .folder import CannotExport, NoExport, export, files_in, is_empty, restore

__all__ = ["CannotExport", "NoExport", "export", "files_in", "is_empty", "restore"]
