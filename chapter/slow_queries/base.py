"""Found by Django under this name: PostgreSQL's backend, which looks at the clock."""

import logging
import time

from django.conf import settings
from django.db.backends.postgresql import base

logger = logging.getLogger(__name__.removesuffix(".base"))


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(_watched)


def _watched(execute, statement, params, many, context):
    began = time.monotonic()
    try:
        return execute(statement, params, many, context)
    finally:
        milliseconds = 1000 * (time.monotonic() - began)
        if milliseconds >= settings.SLOW_QUERY_MS:
            # What is composed of parts may hold values.
            text = " ".join(statement.split()) if isinstance(statement, str) else type(statement).__name__
            logger.warning("%d ms: %s", milliseconds, text)
