"""The tables of followers/."""

from .announcement import Announcement, Digest, News, ToldSeries
from .follower import AGREED_TO, INVITED_FOR, UNCONFIRMED_FOR, Follower, FollowerQuerySet
from .suppression import Invitation, Suppression

__all__ = [
    "AGREED_TO",
    "INVITED_FOR",
    "UNCONFIRMED_FOR",
    "Announcement",
    "Digest",
    "Follower",
    "FollowerQuerySet",
    "Invitation",
    "News",
    "Suppression",
    "ToldSeries",
]
