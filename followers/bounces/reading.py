"""Reads a delivery status notification (RFC 3464), as a mail server hands it over."""

import email
from email import policy
from email.message import EmailMessage

# Of a message that is larger only the beginning is read: the status stands before the mail that came back.
MAX_BYTES = 1024 * 1024


def parse(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content[:MAX_BYTES], policy=policy.default)


def addresses_in(message) -> list[str]:
    """The addresses that a mail server may have noted it came to."""
    return [
        str(value)
        for name in ("Delivered-To", "X-Original-To", "Envelope-To", "To")
        for value in message.get_all(name, [])
    ]


def is_for_good(message) -> bool | None:
    """Whether delivery failed for good (5.x.x) or for now (4.x.x); None for a message that tells of no failure."""
    failures = [part for part in message.walk() if part.get_content_type() == "message/delivery-status"]
    fields = [block for part in failures for block in part.get_payload() if hasattr(block, "get")]
    statuses = [str(block["Status"]).strip() for block in fields if block["Status"] and _has_failed(block)]
    return any(status.startswith("5") for status in statuses) if statuses else None


def _has_failed(block):
    return str(block.get("Action", "")).strip().lower() in ("failed", "delayed")
