"""Jobs of the front door; each stands beside what it does."""

from .exporting import kept  # noqa: F401  the job that makes an export
