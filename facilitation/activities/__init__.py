"""Activities: opening one, showing it to the room, going on by hand or by the clock, closing it."""

from . import actions, clock, forms, snapshots
from .actions import going_on, writing
from .kinds import Act, Kind, Step, kind_at, kind_of, kinds, on_row, register
from .snapshots import ActivitySnapshot

__all__ = [
    "Act",
    "ActivitySnapshot",
    "Kind",
    "Step",
    "actions",
    "clock",
    "forms",
    "going_on",
    "kind_at",
    "kind_of",
    "kinds",
    "on_row",
    "register",
    "snapshots",
    "writing",
]
