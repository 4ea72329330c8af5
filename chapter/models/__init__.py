"""The tables of chapter/."""

from .audit import AuditEntry
from .backup import Backup, Gone
from .chapter import Chapter
from .delivery import Delivery
from .feed_told import FeedTold
from .image import Covered, Image
from .import_file import ImportFile
from .import_mark import ImportMark
from .member import Member, acts_as_organiser
from .page import Page, PageWording
from .person import Person, PersonQuerySet, member_key, secret_token
from .rate_hit import RateHit
from .sealed_mail import CODE_GOOD_FOR, WITHOUT_CODE, MailedCode, SealedMail, hidden_address
from .site_export import SiteExport, SiteExportPiece

__all__ = [
    "CODE_GOOD_FOR",
    "WITHOUT_CODE",
    "AuditEntry",
    "Backup",
    "Chapter",
    "Covered",
    "Delivery",
    "FeedTold",
    "Gone",
    "Image",
    "ImportFile",
    "ImportMark",
    "MailedCode",
    "Member",
    "Page",
    "PageWording",
    "Person",
    "PersonQuerySet",
    "RateHit",
    "SealedMail",
    "SiteExport",
    "SiteExportPiece",
    "acts_as_organiser",
    "hidden_address",
    "member_key",
    "secret_token",
]
