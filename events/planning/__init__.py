"""Planning: make, edit, move, publish and cancel one event; its hosts and venues."""

from .actions import (
    PLACE,
    TIME,
    ChangedMeanwhile,
    apply_changes,
    cancel,
    create,
    delete_draft,
    duplicate,
    edit,
    fingerprint,
    is_move,
    needs_reason,
    postpone,
    publish,
    unpublish,
    venue_changed,
    write_text,
)
from .forms import EventForm, WordingForm, initial_of, initial_of_new, possible_hosts
from .letters import ICS_TYPE, is_overtaken
from .telling import KIND, Telling, told_in_words

__all__ = [
    "ICS_TYPE",
    "KIND",
    "PLACE",
    "TIME",
    "ChangedMeanwhile",
    "EventForm",
    "Telling",
    "WordingForm",
    "apply_changes",
    "cancel",
    "create",
    "delete_draft",
    "duplicate",
    "edit",
    "fingerprint",
    "initial_of",
    "initial_of_new",
    "is_move",
    "is_overtaken",
    "needs_reason",
    "possible_hosts",
    "postpone",
    "publish",
    "told_in_words",
    "unpublish",
    "venue_changed",
    "write_text",
]
