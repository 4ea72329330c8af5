"""What imports and exports share: sources, reports, files, fetching, the page that brings in a file."""

from . import (
    bringing,
    bringing_page,
    documents,
    exporting,
    fetching,
    foreign_tables,
    importing,
    picture_files,
    tables,
    wording_files,
)
from .forms import BringFileForm
from .importing import OUR_SOURCE, Report, dry_run_transaction, mark, mark_of, marked

__all__ = [
    "OUR_SOURCE",
    "BringFileForm",
    "Report",
    "bringing",
    "bringing_page",
    "documents",
    "dry_run_transaction",
    "exporting",
    "fetching",
    "foreign_tables",
    "importing",
    "mark",
    "mark_of",
    "marked",
    "picture_files",
    "tables",
    "wording_files",
]
