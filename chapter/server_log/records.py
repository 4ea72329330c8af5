"""Every log record of the process, cut as it is made: whatever logger, handler or formatter it goes through.

A traceback is written down at once, as `exc_text`, which every formatter of the standard library prints as it is.
"""

import logging
import sys
import threading
from collections.abc import Mapping
from logging.config import dictConfig

from django.core.exceptions import RequestAborted
from django.http import UnreadablePostError

from .cutting import cut
from .errors import raised, said, written
from .request_name import current, current_job

MESSAGE_CHARS = 500
TRACEBACK_CHARS = 20_000
# Whoever sent the request has broken it or gone away; where in our code we noticed says nothing.
BROKEN_OFF = (RequestAborted, UnreadablePostError)


def configure(settings: dict) -> None:
    """Django's LOGGING_CONFIG."""
    install()
    dictConfig(settings)


def install() -> None:
    """Cut all records of this process from now on, warnings and what nobody catches included. Repeatable."""
    logging.setLogRecordFactory(_record)
    logging.captureWarnings(True)
    # Unless a test run or a debugger has put its own in place.
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _uncaught
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = lambda caught: _uncaught(caught.exc_type, caught.exc_value, caught.exc_traceback)
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = lambda caught: _uncaught(caught.exc_type, caught.exc_value, caught.exc_traceback)


def _record(name, level, file, line, message, args, exc_info, function=None, stack=None, **more):
    record = logging.LogRecord(name, level, file, line, message, args, exc_info, function, stack, **more)
    text = _message(record)
    if record.exc_info and record.exc_info[1] is not None:
        if _is_about_a_broken_request(record):
            text = f"{text} ({record.exc_info[0].__name__})"
        else:
            record.exc_text = _shortened(written(record.exc_info[1]), TRACEBACK_CHARS)
            record.raised = raised(record.exc_info[1])
        # Nobody else shall write it down: it holds what was cut.
        record.exc_info = None
    record.msg, record.args = _shortened(cut(text), MESSAGE_CHARS), ()
    record.stack_info = stack and cut(stack)
    record.request_name, record.job_name = current(), current_job()
    return record


def _message(record):
    record.msg, record.args = _without_values(record.msg), _each(record.args)
    try:
        return record.getMessage()
    except Exception:  # else logging itself would print the arguments as they are
        return f"{record.msg} (with values that do not fit)"


def _each(arguments):
    """The arguments are a tuple, or one mapping."""
    if isinstance(arguments, Mapping):
        return {name: _without_values(value) for name, value in arguments.items()}
    return tuple(map(_without_values, arguments or ()))


def _without_values(value):
    return said(value) if isinstance(value, BaseException) else value


def _is_about_a_broken_request(record):
    """Django's word on a 4xx, which it logs below an error, or on something suspicious."""
    is_refusal = record.name == "django.request" and record.levelno < logging.ERROR
    return is_refusal or record.name.startswith("django.security") or isinstance(record.exc_info[1], BROKEN_OFF)


def _shortened(text, length):
    """The beginning and the end of a long text: what happened stands last in a traceback."""
    return text if len(text) <= length else f"{text[: length // 2]} … {text[-length // 2 :]}"


def _uncaught(kind, error, trace):
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    elif sys.stderr:
        print(_shortened(written(error or kind()), TRACEBACK_CHARS), file=sys.stderr)
