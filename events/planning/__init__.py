"""Planning: make, edit, move, publish and cancel one event; its hosts and venues."""

from .actions import TIME, ChangedMeanwhile, bring, cancel, create, delete_draft, fingerprint, is_move, needs_reason
from .forms import EventForm, WordingForm, initial_of_new, possible_hosts
from .letters import ICS_TYPE, is_overtaken
from .telling import KIND, Telling, told_in_words

__all__ = [
    "ICS_TYPE",
    "KIND",
    "TIME",
    "ChangedMeanwhile",
    "EventForm",
    "Telling",
    "WordingForm",
    "bring",
    "cancel",
    "create",
    "delete_draft",
    "fingerprint",
    "initial_of_new",
    "is_move",
    "is_overtaken",
    "needs_reason",
    "possible_hosts",
    "told_in_words",
]
