"""A post on its way in, whatever it was read from."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Picture:
    """A picture that a post wants: where it lies, and what is said of it."""

    address: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    is_decorative: bool = False


@dataclass
class ImportedPost:
    """What a file says of one post. `external_id` is the file's own name for it, for ever the same.

    A copy of a post may have the name of the first; `own_id` then tells them apart. `why_draft` is the sign by which it was
    not public, `old_paths` are where it was, and `notes` are what the report says of its text.
    """

    external_id: str
    title: str
    body: str
    language: str
    own_id: str = ""
    slug: str = ""
    lead: str = ""
    link: str = ""
    published_at: datetime | None = None
    changed_at: datetime | None = None
    created_at: datetime | None = None
    is_draft: bool = False
    why_draft: str = ""
    authors: list[tuple[str, str]] = field(default_factory=list)
    cover: Picture | None = None
    event: str = ""
    old_paths: list[str] = field(default_factory=list)
    translation_of: str = ""
    principles: list[int] = field(default_factory=list)
    composed: dict = field(default_factory=dict)
    # Pictures that stood in the text itself, by the addresses that it has for them now.
    embedded: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
