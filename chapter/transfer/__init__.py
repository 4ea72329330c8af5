"""What imports and exports share: sources, reports, files, fetching."""

from . import documents, exporting, fetching, importing, picture_files, tables, wording_files
from .importing import OUR_SOURCE, Report, mark, mark_of, marked, rehearsed

__all__ = [
    "OUR_SOURCE",
    "Report",
    "documents",
    "exporting",
    "fetching",
    "importing",
    "mark",
    "mark_of",
    "marked",
    "picture_files",
    "rehearsed",
    "tables",
    "wording_files",
]
