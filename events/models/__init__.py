"""The tables of events/."""

from .calendar_models import PersonalFeed, SisterChapter, SisterEvent, feed_token
from .door_models import AccessNeed, Message, WalkIn
from .event import MAX_CAPACITY, Event, EventQuerySet, EventWording
from .kinds import Kind
from .photo import Photo
from .proposal import DaysOf, Proposal, Season, proposal_token
from .rsvp import Rsvp, RsvpQuerySet, manage_token
from .series import MAX_AHEAD, Series, SeriesSkip, SeriesWording
from .venue import Venue

__all__ = [
    "MAX_AHEAD",
    "MAX_CAPACITY",
    "AccessNeed",
    "DaysOf",
    "Event",
    "EventQuerySet",
    "EventWording",
    "Kind",
    "Message",
    "PersonalFeed",
    "Photo",
    "Proposal",
    "Rsvp",
    "RsvpQuerySet",
    "Season",
    "Series",
    "SeriesSkip",
    "SeriesWording",
    "SisterChapter",
    "SisterEvent",
    "Venue",
    "WalkIn",
    "feed_token",
    "manage_token",
    "proposal_token",
]
