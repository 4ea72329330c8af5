"""Planning: make, edit, move, publish and cancel one event; its hosts and venues."""

from .actions import (
    PLACE,
    TIME,
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
from .editing import ChangedMeanwhile, digest, explain_conflict, fingerprint_of, other_languages, wording_page
from .forms import EventForm, initial_of, initial_of_new
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
    "apply_changes",
    "cancel",
    "create",
    "delete_draft",
    "digest",
    "duplicate",
    "edit",
    "explain_conflict",
    "fingerprint",
    "fingerprint_of",
    "initial_of",
    "initial_of_new",
    "is_move",
    "is_overtaken",
    "needs_reason",
    "other_languages",
    "postpone",
    "publish",
    "told_in_words",
    "unpublish",
    "venue_changed",
    "wording_page",
    "write_text",
]
