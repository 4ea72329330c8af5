"""The log as JSON, a line for each record, for whatever collects and searches it."""

import json
import logging
from datetime import UTC, datetime


class JsonLine(logging.Formatter):
    """Time, level, logger and message; where there are any, the request, the job and the traceback."""

    def format(self, record):
        job = getattr(record, "job", None)
        found = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": getattr(record, "request_name", ""),
            "job": job.get("id") if isinstance(job, dict) else None,
            "traceback": record.exc_text,
        }
        return json.dumps({key: value for key, value in found.items() if value}, ensure_ascii=False)
