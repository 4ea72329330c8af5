"""The demo's mail backend: each mail is written to a file, since a demo has no mail server."""

import re
import secrets
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

NAME = re.compile(r"\d{20}-[0-9a-f]{8}\Z")


class FileBackend(BaseEmailBackend):
    """One .eml file per mail in settings.EMAIL_FILE_PATH, named so that names sort by time."""

    def send_messages(self, email_messages):
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{datetime.now(UTC):%Y%m%d%H%M%S%f}-{secrets.token_hex(4)}"
            # Written aside and moved, so that the page never reads half a mail.
            aside = folder / f"{name}.part"
            aside.write_bytes(message.message().as_bytes())
            aside.rename(folder / f"{name}.eml")
        return len(email_messages)


class Mail(NamedTuple):
    """A line of the list of mails."""

    name: str
    to: str
    subject: str
    sent_at: datetime


class File(NamedTuple):
    name: str
    content_type: str
    content: bytes


def _folder():
    return Path(settings.EMAIL_FILE_PATH)


def names():
    """Newest first."""
    return sorted((path.stem for path in _folder().glob("*.eml") if NAME.match(path.stem)), reverse=True)


def heading(name):
    """Recipient, subject and time of a mail; its body is not read."""
    with (_folder() / f"{name}.eml").open("rb") as file:
        return _heading(name, BytesHeaderParser(policy=policy.default).parse(file))


def _heading(name, message):
    sent_at = datetime.strptime(name[:20], "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)
    return Mail(name, str(message["to"] or ""), str(message["subject"] or ""), sent_at)


class StoredMail:
    """A mail read from its file; raises FileNotFoundError if there is none of that name."""

    def __init__(self, name):
        if not NAME.match(name):
            raise FileNotFoundError(name)
        self._message = message_from_bytes((_folder() / f"{name}.eml").read_bytes(), policy=policy.default)
        self.heading = _heading(name, self._message)

    @property
    def text(self):
        return self._body("plain")

    @property
    def html(self):
        return self._body("html")

    @property
    def files(self):
        return [
            File(part.get_filename("file"), part.get_content_type(), part.get_payload(decode=True) or b"")
            for part in self._message.iter_attachments()
            # The chapter's logo stands in the HTML.
            if not part["Content-ID"]
        ]

    def _body(self, kind):
        part = self._message.get_body(preferencelist=(kind,))
        return part.get_content() if part else ""


def with_links(text):
    """The text as HTML; addresses of this site become links, all others stay text."""
    pieces = re.split(rf"({re.escape(settings.SITE_URL)}(?:/[^\s<>\"]*[^\s<>\".,;:!?)])?)", text)
    return mark_safe("".join(_piece(piece, is_link=place % 2) for place, piece in enumerate(pieces)))  # noqa: S308


def _piece(piece, *, is_link):
    return format_html('<a href="{0}">{0}</a>', piece) if is_link else escape(piece)
