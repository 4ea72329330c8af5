"""Sends errors to Sentry, or to what speaks like it (GlitchTip), if SENTRY_DSN is set.

The package's own hooks into Django, logging and the database are off, because they take along what was sent: bodies,
cookies, addresses, local variables; so is its `send_default_pii`, unless one turns it on. An event is made of a log record,
which has been cut already (chapter/server_log/), and of nothing else.
"""

import linecache
import logging
from functools import cached_property

import sentry_sdk
from django.conf import settings

# What the package writes about itself, or about a server that does not answer, would come back here.
OF_ITS_OWN = ("sentry_sdk", "urllib3")
# Nothing else leaves the process, whatever a later version of the package thinks of.
TAKEN = {
    *("event_id", "timestamp", "level", "logger", "platform", "release", "environment", "sdk"),
    *("tags", "message", "logentry", "exception"),
}


class Sentry(logging.Handler):
    def __init__(self, level=logging.ERROR):
        super().__init__(level)

    @cached_property
    def client(self):
        return sentry_sdk.Client(
            dsn=settings.SENTRY_DSN,
            default_integrations=False,
            auto_enabling_integrations=False,
            max_request_body_size="never",
            include_local_variables=False,
            max_breadcrumbs=0,
            auto_session_tracking=False,
            send_client_reports=False,
            spotlight=False,
            server_name="",
            before_send=only_what_is_taken,
        )

    def emit(self, record):
        if not record.name.startswith(OF_ITS_OWN):
            self.client.capture_event(event_of(record))

    def close(self):
        if "client" in self.__dict__:
            self.client.close(timeout=2)
        super().close()


def only_what_is_taken(event, hint):
    return {name: value for name, value in event.items() if name in TAKEN}


def event_of(record) -> dict:
    tags = {"request": record.request_name, "job": record.job_name}
    event = {
        "level": record.levelname.lower(),
        "logger": record.name,
        "logentry": {"formatted": record.getMessage()},
        "tags": {name: str(value) for name, value in tags.items() if value},
    }
    if story := getattr(record, "raised", None):
        event["exception"] = {"values": list(map(_exception, story))}
    return event


def _exception(raised):
    frames = list(map(_frame, raised.frames))
    return {"type": raised.kind, "module": raised.module, "value": raised.said, "stacktrace": {"frames": frames}}


def _frame(frame):
    return {
        "abs_path": frame.file,
        "filename": frame.file.removeprefix(f"{settings.BASE_DIR}/"),
        "function": frame.function,
        "module": frame.module,
        "lineno": frame.line,
        "context_line": linecache.getline(frame.file, frame.line).rstrip("\n"),
        "in_app": frame.file.startswith(f"{settings.BASE_DIR}/") and "site-packages" not in frame.file,
    }
