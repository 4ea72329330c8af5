"""What several parts of one page ask, asked once for all of them."""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

_answers = ContextVar("answers_of_this_page", default=None)


@contextmanager
def reading():
    """While a page is drawn that changes nothing. What was asked is forgotten at its end."""
    before = _answers.get()
    _answers.set({})
    try:
        yield
    finally:
        _answers.set(before)


def once_a_page(ask):
    """Ask the same with the same arguments once within `reading()`, and each time elsewhere, as in verbs and jobs."""

    @wraps(ask)
    def asked(*args):
        answers = _answers.get()
        if answers is None:
            return ask(*args)
        key = ask, *args
        if key not in answers:
            answers[key] = ask(*args)
        return answers[key]

    return asked
