"""What is sent of a board to everybody who reads it in one language and view."""

from dataclasses import dataclass

# Milliseconds over which phones spread their asking, so that they don’t all come in the same instant.
SPREAD = 400


@dataclass(frozen=True)
class Part:
    """The shared part of a page in one language and view."""

    version: int
    # A browser with another stamp fetches its personal part again.
    stamp: str
    html: str
    # When the running round ends, in milliseconds since 1970; None when no time runs.
    ends_at: int | None
    # Seconds after which it may look different without a new version.
    look_again: int | None = None
    # A number by mark: a browser whose personal part carries a mark with a lower number fetches it again.
    marks: list | dict | None = None
    # Over how many milliseconds browsers fetch their personal part when the stamp has changed.
    spread: int = SPREAD

    def data(self):
        told = {name: getattr(self, name) for name in ("version", "stamp", "html", "ends_at", "spread")}
        return {**told, "marks": self.marks} if self.marks else told
