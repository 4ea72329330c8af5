"""The log as JSON, a line for each record, for whatever collects and searches it."""

import json
import logging
from datetime import UTC, datetime

from .request_name import request_of


class JsonLine(logging.Formatter):
    """Time, level, logger and message; where there are any, the request, the job and the traceback."""

    def format(self, record):
        # procrastinate's own lines bring the whole job, and stand outside of its work.
        job = getattr(record, "job", None)
        job = job if isinstance(job, dict) else {}
        found = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": getattr(record, "request_name", "") or request_of(job.get("queueing_lock")),
            "job": job.get("id") or getattr(record, "job_name", None),
            "traceback": record.exc_text,
        }
        return json.dumps({key: value for key, value in found.items() if value}, ensure_ascii=False)
