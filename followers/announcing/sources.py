"""What can be announced. An app registers each kind, as it registers letters:

    @source("meetup", template="followers/announcing/mail/_meetup.txt", readers=followers_of, subject=to_tell)
    def meetup(object_id, follower):
        return Item(subject=…, context={…})        # or None: not true any more

`readers(object_id)` is the queryset of the followers who are told of it. The function is called when the mail is made, in
the follower's language. What an organiser may announce by hand has a `subject(object_id)`: a Subject, or None for what
cannot be told now.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from chapter.mail import Attachment

from ..models import Follower, FollowerQuerySet

_sources = {}


@dataclass(frozen=True)
class Item:
    """One piece of news in a digest: its subject, whose words may be marked as in another language, and what its
    template needs."""

    subject: str
    context: dict = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Subject:
    """What the page that asks about telling calls it, in which language, and where it leads back to."""

    title: str
    language: str
    url: str


@dataclass(frozen=True)
class Source:
    make: Callable[[int, Follower], Item | None]
    template: str
    readers: Callable[[int], FollowerQuerySet]
    subject: Callable[[int], Subject | None]
    is_urgent: bool


def source(kind: str, *, template: str, readers, subject=lambda object_id: None, is_urgent: bool = False):
    """`is_urgent`: it goes out at once to everybody, whatever their rhythm."""

    def register(make):
        _sources[kind] = Source(make, template, readers, subject, is_urgent)
        return make

    return register


def kinds() -> list[str]:
    return list(_sources)


def source_of(kind: str) -> Source:
    return _sources[kind]
