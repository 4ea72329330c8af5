"""Posts: publishing, reading, the feed."""

from .actions import (
    PROMPT,
    ChangedMeanwhile,
    delete_draft,
    free_slug,
    picture_problems,
    problems_of,
    publish,
    save,
    store_text,
    unpublish,
)

__all__ = [
    "PROMPT",
    "ChangedMeanwhile",
    "delete_draft",
    "free_slug",
    "picture_problems",
    "problems_of",
    "publish",
    "save",
    "store_text",
    "unpublish",
]
