"""Figures as drawings: where bars stand. Templates draw them as SVG, with the table beside them as the alternative."""

from .drawing import Bar, Bars, Columns, bars, columns

__all__ = ["Bar", "Bars", "Columns", "bars", "columns"]
