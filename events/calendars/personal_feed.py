"""A member's own calendar feed: what they go to and what they wait for, at a secret address.

The summary says which of the two, in the member's language. People share calendars all the same, so no link in it
lets somebody else answer for them, and none leads to an online meeting.
"""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chapter.models import Chapter, secret_token

from ..models import Event, PersonalFeed, Rsvp
from .ics import calendar, feed_rows


@transaction.atomic
def rotate(member) -> bool:
    """Make the member's feed, or give it another address. Locks the feed's row; returns whether it is new."""
    feed, is_new = PersonalFeed.objects.select_for_update().get_or_create(member=member)
    if not is_new:
        feed.token, feed.rotated_at = secret_token(), timezone.now()
        feed.save(update_fields=["token", "rotated_at"])
    return is_new


def find(token) -> PersonalFeed | None:
    return PersonalFeed.objects.select_related("member").filter(token=token, member__is_active=True).first()


def ics(feed, *, reminds=False) -> bytes:
    """The feed; six queries whatever its length."""
    member = feed.member
    holding = {rsvp.event_id: rsvp for rsvp in Rsvp.objects.of_member(member).holding()}
    events = list(feed_rows(member.language, Event.objects.filter(pk__in=holding)))
    with translation.override(member.language):
        name = _("%(chapter)s: my events") % {"chapter": Chapter.load().name}
        return calendar(events, name=name, dress=_dress(holding, reminds=reminds))


def _dress(holding, *, reminds):
    def dress(event, entry):
        rsvp = holding[event.pk]
        # A seat that was given is a change of this calendar, though none of the event.
        entry = entry._replace(
            changed_at=max(event.changed_at, rsvp.changed_at),
            rings=reminds and rsvp.is_going and event.is_published,
        )
        return entry if event.is_cancelled else _marked(entry, rsvp)

    return dress


def _marked(entry, rsvp):
    if rsvp.is_going:
        return entry._replace(summary=_("Going: %(title)s") % {"title": entry.summary})
    return entry._replace(summary=_("Waitlist: %(title)s") % {"title": entry.summary}, status="TENTATIVE")
