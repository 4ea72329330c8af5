"""Access needs: what a person needs to take part, told voluntarily to this event's hosts alone.

Asked only if the event says so, and only of people on the list: a guest who has not confirmed has nowhere to write
it. Hosts read it on one page; other organisers do not see it. It is deleted at once when the person withdraws it or
leaves the list, and when the event stops asking; else a week after the event (`privacy.py`).
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.refusals import Refused

from .. import audit
from ..models import AccessNeed, Event

# In days after the event, when the hosts have no more use for it.
KEPT_DAYS = 7

audit.describe("access_needs_stopped", _("stopped asking what people need in order to take part in"))


class NotAsked(Refused):
    """The event does not ask, has no host to read it, or is over, or the person is not on its list."""


def is_asked(event) -> bool:
    """Whether a need can be told now: the event asks, will take place, and has a host to read it."""
    return event.asks_access_needs and event.is_published and not event.is_over and event.hosts.exists()


def deleted_on(event) -> date:
    """The day, in the event's time zone, by which the nightly job deletes the needs."""
    # The job runs at night: an event that ends at noon is a full week old only in the night after.
    return (event.local_end + timedelta(days=KEPT_DAYS + 1)).date()


def can_tell(rsvp) -> bool:
    return rsvp.is_holding and is_asked(rsvp.event)


def offers(rsvp) -> dict[str, bool]:
    has_told = AccessNeed.objects.filter(rsvp=rsvp).exists()
    return {"access_need_link": has_told or can_tell(rsvp), "has_told_need": has_told}


@transaction.atomic
def tell(*, rsvp_id, text) -> None:
    """Store or replace the person's need, with their consent as of now. Locks the event. Raises NotAsked."""
    event, rsvp = Event.objects.lock_with_rsvp(pk=rsvp_id)
    if not (rsvp.is_holding and is_asked(event)):
        raise NotAsked(_("You can no longer send this to the hosts."))
    values = {"text": text, "consented_at": timezone.now()}
    AccessNeed.objects.update_or_create(rsvp=rsvp, defaults=values)


def withdraw(*, rsvp_id) -> None:
    AccessNeed.objects.filter(rsvp_id=rsvp_id).delete()


def stop_asking(event, *, by) -> None:
    """Delete what was told for an event that asks no more; called under the lock of the edit."""
    AccessNeed.objects.filter(rsvp__event=event).delete()
    audit.record("access_needs_stopped", event, by=by)


def of_event(event) -> QuerySet:
    standing = ("going", "waitlisted")
    rows = AccessNeed.objects.filter(rsvp__event=event, rsvp__status__in=standing)
    return rows.select_related("rsvp__member").order_by("rsvp__status", "rsvp__queued_at", "rsvp_id")
