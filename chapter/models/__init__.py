"""The tables of chapter/."""

from .audit import AuditEntry
from .chapter import Chapter
from .delivery import Delivery
from .image import Image
from .import_mark import ImportMark
from .member import Member
from .page import Page, PageWording
from .person import Person, PersonQuerySet, member_key, secret_token
from .rate_hit import RateHit

__all__ = [
    "AuditEntry",
    "Chapter",
    "Delivery",
    "Image",
    "ImportMark",
    "Member",
    "Page",
    "PageWording",
    "Person",
    "PersonQuerySet",
    "RateHit",
    "member_key",
    "secret_token",
]
