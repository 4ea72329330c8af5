"""Tells MAIL_ADMINS of an error: of the first of its kind in a week, since a broken page may be asked for all night."""

import hashlib
import logging
import re
import threading
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.utils.html import format_html

from chapter.server_log import current_request

logger = logging.getLogger(__name__)
ONCE_IN = timedelta(days=7)
GOOD_FOR = timedelta(days=1)
# Of so many kinds at most in the life of a process: no error makes errors without end.
KINDS = 100
PLACE = re.compile(r'^  File "(.+)", line \d+, in (\w+)', re.MULTILINE)
NUMBER = re.compile(r"\d+")


def kind_of(record: logging.LogRecord) -> str:
    """What two records of the same fault have in common: the error and the function it was raised in, or the sentence."""
    if not record.exc_text:
        return f"{record.name} {NUMBER.sub('', record.getMessage())}"
    file, function = (PLACE.findall(record.exc_text) or [("", "")])[-1]
    error = record.exc_text.rstrip().rpartition("\n")[2].partition(":")[0]
    return f"{error} {file} {function}"


class Alarm(logging.Handler):
    """Works in a thread with a connection of its own: the one of the request may be in a transaction that failed."""

    def __init__(self, level=logging.ERROR):
        super().__init__(level)
        self._seen = set()

    def emit(self, record):
        kind = hashlib.sha256(kind_of(record).encode()).hexdigest()
        if kind in self._seen or len(self._seen) >= KINDS or record.name == __name__:
            return
        self._seen.add(kind)
        subject = f"An error on {settings.SITE_HOST}: {kind_of(record).split()[0]}"
        threading.Thread(target=_tell, args=(kind, subject, _text(record)), daemon=True).start()


def _text(record):
    lines = [record.getMessage(), f"Logger: {record.name}", f"Request: {current_request() or 'none'}"]
    rest = "Others of this kind are in the log and are not mailed for a week."
    return "\n".join([*lines, "", record.exc_text or "(no traceback)", "", rest])


def _tell(kind, subject, text):
    # Imported late, since logging is set up before Django's apps.
    from chapter import mail

    try:
        if cache.add(f"alarm:{kind}", 1, timeout=ONCE_IN.total_seconds()):
            for address in settings.MAIL_ADMINS:
                letter = mail.Mail(subject, text, to=[address])
                letter.attach_html(format_html("<pre>{}</pre>", text))
                mail.post_sealed(letter, good_for=GOOD_FOR)
    except Error as error:
        # The log has the error itself.
        logger.warning("Nobody is told of an error: %s", error)
    finally:
        connection.close()
