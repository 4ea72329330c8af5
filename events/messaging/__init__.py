"""Messages of hosts to everybody with an RSVP."""

from .actions import AlreadySent, DailyLimitReached, delete, draft, edit, fingerprint, send

__all__ = ["AlreadySent", "DailyLimitReached", "delete", "draft", "edit", "fingerprint", "send"]
