"""What the processes of the site write to their log: no addresses, no secret links, and a line for a broken request."""

from .lines import JsonLine
from .records import configure, install
from .request_name import at_work, named
from .request_name import current as current_request

__all__ = ["JsonLine", "at_work", "configure", "current_request", "install", "named"]
