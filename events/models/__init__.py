"""The tables of events/."""

from chapter.models import secret_token

from .access_need import AccessNeed
from .event import MAX_CAPACITY, Event, EventQuerySet, EventWording, number_of
from .kinds import Kind
from .message import Message
from .personal_feed import PersonalFeed
from .photo import Photo
from .proposal import Proposal
from .question import Question
from .rsvp import Rsvp, RsvpQuerySet
from .season import DaysOf, Season
from .series import MAX_AHEAD, Series, SeriesSkip, SeriesWording
from .sister import SisterChapter, SisterEvent
from .venue import Venue
from .walk_in import WalkIn

# The names by which migrations know the default of the columns `token`.
manage_token = proposal_token = feed_token = secret_token

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
    "Question",
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
    "number_of",
]
