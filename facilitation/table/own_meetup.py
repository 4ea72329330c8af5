"""Drafting a meetup about a topic that was continued again and again."""

from django.utils.translation import gettext_lazy as _

from chapter.models import acts_as_organiser
from chapter.refusals import Refused
from events import planning
from events.models import Event

from ..board_lock import changing, unchanged
from ..models import Topic

WEEKS_LATER = 4


class TooSoon(Refused):
    sentence = _("This topic hasn’t been continued three times yet.")


class OrganisersOnly(Refused):
    sentence = _("Only an organiser who is signed in can do this.")


def draft_own_meetup(topic, *, member) -> Event:
    """Draft an event about this topic, once, hosted by `member`, who is signed in; also on a closed board.

    It has the place, weekday and time of day of the board's event, at least WEEKS_LATER. Locks the board. Raises
    OrganisersOnly unless `member` acts as an organiser now, and TooSoon.
    """
    if not acts_as_organiser(member):
        raise OrganisersOnly
    with changing(topic.board, even_closed=True) as board:
        topic = Topic.objects.select_related("own_event").get(pk=topic.pk)
        if topic.own_event:
            unchanged(board)
            return topic.own_event
        if not topic.deserves_own_meetup:
            raise TooSoon
        topic.own_event = _draft(board, topic, member)
        topic.save(update_fields=["own_event"])
        return topic.own_event


def _draft(board, topic, member):
    old = board.event
    later = planning.weeks_to_come(old.local_start, at_least=WEEKS_LATER)
    copied = {name: getattr(old, name) for name in ("kind", "time_zone", "venue", "online_url", "capacity")}
    columns = {**copied, "starts_at": old.local_start + later, "ends_at": old.local_end + later}
    text = {"language": board.language, "title": topic.text, "body": ""}
    return planning.create(columns=columns, text=text, hosts=[member], by=member)
