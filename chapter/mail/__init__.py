"""Mail: letters, queued with the change that causes them."""

from .html import in_language, write
from .preview import FRAME_POLICY
from .queue import PATIENCE, Attachment, Letter, letter, message, page_url, post, post_all

__all__ = [
    "FRAME_POLICY",
    "PATIENCE",
    "Attachment",
    "Letter",
    "in_language",
    "letter",
    "message",
    "page_url",
    "post",
    "post_all",
    "write",
]
