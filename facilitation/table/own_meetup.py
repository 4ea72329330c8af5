"""A topic that was continued again and again becomes the draft of a meetup of its own."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.refusals import Refused
from events import planning

from ..board_lock import changing, unchanged
from ..models import Topic

WEEKS_LATER = 4


class TooSoon(Refused):
    sentence = _("This topic has not been continued three times yet.")


class OrganisersOnly(Refused):
    sentence = _("Only an organiser who is signed in can do this.")


def draft_own_meetup(topic, *, by, member):
    """The draft of an event about this topic, hosted by the organiser `member` who is signed in; made once, also after the closing.

    It has the board's event's weekday, time of day and place, four weeks later, or the first such week to come.
    Locks the board. Raises OrganisersOnly unless participant and member are organisers; TooSoon.
    """
    if member is None or not (by.is_organiser and member.is_organiser):
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
    later = _whole_weeks_from(old.local_start)
    copied = {name: getattr(old, name) for name in ("kind", "time_zone", "venue", "online_url", "capacity")}
    columns = {**copied, "starts_at": old.local_start + later, "ends_at": old.local_end + later}
    text = {"language": board.language, "title": topic.text, "body": ""}
    return planning.create(columns=columns, text=text, hosts=[member], by=member)


def _whole_weeks_from(local):
    """`local` is aware, so the time of the day stays the same in summer and winter."""
    weeks = WEEKS_LATER
    while local + timedelta(weeks=weeks) <= timezone.now():
        weeks += 1
    return timedelta(weeks=weeks)
