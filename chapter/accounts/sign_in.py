"""Sign-in hooks: apps attach a guest's rows to the member with the same verified address.

An app registers them in its `sign_in.py`; they run after each sign-in, so they must be idempotent:

    @on_sign_in
    def adopt_rsvps(member): …
"""

import logging

from django.db import DatabaseError, transaction

logger = logging.getLogger(__name__)
_functions = []


def on_sign_in(function):
    _functions.append(function)
    return function


def run_sign_in_hooks(member) -> None:
    """Run every hook in its own transaction; a database error in one is logged and stops nobody from signing in."""
    for function in _functions:
        try:
            with transaction.atomic():
                function(member)
        except DatabaseError:
            logger.exception(
                "%s failed for member %s; it runs again at the next sign-in", function.__name__, member.pk
            )
