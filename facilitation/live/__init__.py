"""Live boards: one LISTEN connection a process, a stream to each viewer."""

from . import listening, streams

__all__ = ["listening", "streams"]
