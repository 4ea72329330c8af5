"""What is sent of a board to everybody who reads it in one language and view."""

from dataclasses import dataclass


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

    def data(self):
        marks = {"marks": self.marks} if self.marks else {}
        return {"version": self.version, "stamp": self.stamp, "html": self.html, "ends_at": self.ends_at, **marks}
