"""Tables: what the columns of others' tables (CSV) are, and how days are written in them. It touches no row of ours."""

from . import days
from .columns import Columns, columns, ignored, is_header, why_hidden, with_orders

__all__ = ["Columns", "columns", "days", "ignored", "is_header", "why_hidden", "with_orders"]
