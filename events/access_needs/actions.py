"""What a person needs to take part: told to this event's hosts alone, of one's own free will, and gone soon after it.

Asked only where the event says so, and only after an RSVP stands: a guest whose address nobody has confirmed has no
place to write it. It is read on one page, by the hosts; other organisers do not see it. It goes at once when the person
takes it back or is off the list, and when the event stops asking; else a week after the event (`access_need_privacy`).
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.refusals import Refused

from .. import audit
from ..models import AccessNeed, Event

# After the event the hosts have no use for it.
KEPT_DAYS = 7

audit.describe("access_needs_stopped", _("stopped asking what people need for"))


class NotAsked(Refused):
    """The event does not ask, has no host who would read it, is over, or the person is not on its list."""


def is_asked(event):
    """Whether something can be told now: the event asks, will take place, and has a host to read it."""
    return event.asks_access_needs and event.is_published and not event.is_over and event.hosts.exists()


def deleted_on(event):
    """The day, on the event's clock, on which the nightly job deletes what was told."""
    return (event.local_end + timedelta(days=KEPT_DAYS + 1)).date()


def can_tell(rsvp):
    return rsvp.is_holding and is_asked(rsvp.event)


def offers(rsvp):
    """What the RSVP's own page says of it."""
    has_told = AccessNeed.objects.filter(rsvp=rsvp).exists()
    return {"access_need_link": has_told or can_tell(rsvp), "has_told_need": has_told}


@transaction.atomic
def tell(*, rsvp_id, text):
    """Store what the person needs, in place of what they told before; their consent is of now. Locks the event. Raises NotAsked."""
    event, rsvp = Event.objects.lock_with_rsvp(pk=rsvp_id)
    if not (rsvp.is_holding and is_asked(event)):
        raise NotAsked(_("This cannot be told any more."))
    values = {"text": text, "consented_at": timezone.now()}
    AccessNeed.objects.update_or_create(rsvp=rsvp, defaults=values)


def take_back(*, rsvp_id):
    """Delete what was told, whatever the state of event and RSVP; repeating it changes nothing."""
    AccessNeed.objects.filter(rsvp_id=rsvp_id).delete()


def stop_asking(event, *, by):
    """The event does not ask any more: what was told is deleted. In the transaction and under the lock of the edit."""
    AccessNeed.objects.filter(rsvp__event=event).delete()
    audit.record("access_needs_stopped", event, by=by)


def of_event(event):
    """What those who are going or waiting have told, for the event's hosts, in the order of the list."""
    standing = ("going", "waitlisted")
    rows = AccessNeed.objects.filter(rsvp__event=event, rsvp__status__in=standing)
    return rows.select_related("rsvp__member").order_by("rsvp__status", "rsvp__queued_at", "rsvp_id")
