"""Mail: letters, queued with the change that causes them."""

from . import gate
from .gate import MailboxFull
from .html import in_language, with_note, write
from .mime import Mail
from .preview import framed
from .queue import PATIENCE, Attachment, Letter, host, letter, message, page_url, post, post_again, post_all
from .sealed import post_sealed

__all__ = [
    "PATIENCE",
    "Attachment",
    "Letter",
    "Mail",
    "MailboxFull",
    "framed",
    "gate",
    "host",
    "in_language",
    "letter",
    "message",
    "page_url",
    "post",
    "post_again",
    "post_all",
    "post_sealed",
    "with_note",
    "write",
]
