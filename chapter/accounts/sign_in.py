"""What happens when a member arrives: the rooms above take up what belonged to the same person as a guest.

An app says so in its `sign_in.py`, and the ground floor calls it after each sign-in:

    @on_sign_in
    def adopt_rsvps(member): …

The member's address is verified by then. A function must be repeatable: it runs at every sign-in.
"""

import logging

from django.db import DatabaseError, transaction

logger = logging.getLogger(__name__)
_functions = []


def on_sign_in(function):
    _functions.append(function)
    return function


def run_sign_in_hooks(member):
    """Call every registered function, each in its own transaction; one that the database refuses keeps nobody out."""
    for function in _functions:
        try:
            with transaction.atomic():
                function(member)
        except DatabaseError:
            logger.exception(
                "%s failed for member %s; it runs again at the next sign-in", function.__name__, member.pk
            )
