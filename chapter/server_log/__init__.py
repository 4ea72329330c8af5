"""What the processes of the site write to their log: no addresses, no secret links, and a line for a broken request."""

from .records import configure, install

__all__ = ["configure", "install"]
