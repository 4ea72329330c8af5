"""Who hosts events and who wrote their texts."""

from chapter.privacy import authorship_of, hosting_of

from ..models import Event, EventWording

hosting_of(Event)
authorship_of(EventWording)
