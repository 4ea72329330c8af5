"""Live boards: one LISTEN connection a process, a stream to each viewer."""

from . import streams

__all__ = ["streams"]
