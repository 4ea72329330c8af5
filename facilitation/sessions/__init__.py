"""Sessions of an open space: pitched by anybody, laid into a grid of rooms and times by the hosts."""

from . import calendar, forms, grid, interest, notes, own_board, pitching, snapshots, steps

__all__ = ["calendar", "forms", "grid", "interest", "notes", "own_board", "pitching", "snapshots", "steps"]
