"""Summaries: a draft composed from an event and its board."""

from . import third_parties
from .actions import NotADraft, NothingComposed, events_to_sum_up, start_summary, update_summary
from .forgetting import forget

__all__ = [
    "NotADraft",
    "NothingComposed",
    "events_to_sum_up",
    "forget",
    "start_summary",
    "third_parties",
    "update_summary",
]
