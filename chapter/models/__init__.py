"""The tables of chapter/."""

from .audit import AuditEntry
from .chapter import Chapter, Delivery, Image, Member, Page, PageWording, RateHit
from .import_mark import ImportMark

__all__ = ["AuditEntry", "Chapter", "Delivery", "Image", "ImportMark", "Member", "Page", "PageWording", "RateHit"]
