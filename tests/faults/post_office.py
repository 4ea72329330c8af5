"""A mail server that can be closed and opened again on the same port, and remembers what it was given."""

import re
import socket
import threading
from collections import Counter
from email import message_from_bytes

from aiosmtpd.controller import Controller

CODE = re.compile(r"\b\d{4}(?: \d{4})+\b")
LINK = re.compile(r"http://[^/]+(/\S+/rsvp/[\w-]+/)")


def _text_of(letter):
    part = next((part for part in letter.walk() if part.get_content_type() == "text/plain"), letter)
    return part.get_payload(decode=True).decode("utf-8", "replace")


class PostOffice:
    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.letters = []
        self.links = {}  # receiver: the path of the RSVP's page that a letter named
        self.codes = {}  # receiver: the code to sign in that a letter brought
        self._lock = threading.Lock()
        self._controller = None

    def open(self):
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self):
        """Nobody answers at the port any more."""
        if self._controller:
            self._controller.stop()
            self._controller = None

    async def handle_DATA(self, server, session, envelope):
        letter = message_from_bytes(envelope.content)
        link, code = LINK.search(_text_of(letter)), CODE.search(_text_of(letter))
        with self._lock:
            self.letters.append((letter["Message-ID"], envelope.rcpt_tos[0], letter["Subject"]))
            if link:
                self.links[envelope.rcpt_tos[0]] = link[1]
            if code:
                self.codes[envelope.rcpt_tos[0]] = code[0]
        return "250 OK"

    def copies(self):
        """{(message id, receiver): how often}."""
        with self._lock:
            return Counter((message_id, to) for message_id, to, _subject in self.letters)
