"""What the events keep about people, how it leaves, and when."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.privacy.registry import days, earliest, register

# The needs first: erasing RSVPs leaves rows without their person.
from .access_needs import privacy as access_need_privacy  # noqa: F401
from .calendars import privacy as calendar_privacy  # noqa: F401
from .door import privacy as door_privacy  # noqa: F401
from .door.privacy import guests_days
from .models import Event, EventWording, Rsvp
from .photos import privacy as photo_privacy  # noqa: F401
from .proposals import privacy as proposal_privacy  # noqa: F401
from .rsvps import actions as rsvps
from .series import privacy as series_privacy  # noqa: F401

UNCONFIRMED_DAYS = 7
# Of them an RSVP waits two for the confirmation, and up to one more for the night.
PENDING_DAYS = rsvps.PENDING_FOR.days + 1
# Guests of a postponed event hear of its new date, if one comes within a year.
POSTPONED_DAYS = 365


def export_rsvps(member):
    rows = Rsvp.objects.of_member(member).select_related("event", "member").order_by("created_at", "id")
    return [
        {
            "event": rsvp.event.slug,
            "starts_at": rsvp.event.starts_at.isoformat(),
            "name": rsvp.person_name,
            "email": rsvp.person_email,
            "language": rsvp.language,
            "status": rsvp.status,
            "attendance": rsvp.attendance,
            "asked_at": rsvp.created_at.isoformat(),
        }
        for rsvp in rows
    ]


def release_rsvps(member, *, keep_texts):
    """Give the seats to those who wait, then forget whose the rows were; who came stays a count. Locks events in order."""
    rows = list(Rsvp.objects.of_member(member).select_related("event").order_by("event_id", "id"))
    for rsvp in rows:
        if rsvp.is_pending or not rsvp.event.is_over:
            rsvps.cancel(rsvp_id=rsvp.pk)
    Rsvp.objects.filter(pk__in=[rsvp.pk for rsvp in rows]).update(member=None, name="", email="")


def expire_rsvps():
    """Unconfirmed after a week: deleted. Guests some days after the event: names and addresses; the count stays."""
    rsvps.expire_pending()
    old = Rsvp.objects.filter(status=Rsvp.Status.EXPIRED, changed_at__lt=_ago(UNCONFIRMED_DAYS - PENDING_DAYS))
    deleted, _rows = old.delete()
    took_place = Q(event__ends_at__lt=_ago(guests_days())) & ~Q(event__state=Event.State.POSTPONED)
    given_up = Q(event__ends_at__lt=_ago(POSTPONED_DAYS))
    return deleted + guests().filter(took_place | given_up).update(name="", email="")


def guests():
    """Those whose name or address is still kept."""
    return Rsvp.objects.filter(member=None).exclude(name="", email="")


def _ago(number):
    return timezone.now() - timedelta(days=number)


def export_hosting(member):
    return [{"event": event.slug} for event in member.hosted_events.order_by("id")]


def stop_hosting(member, *, keep_texts):
    member.hosted_events.clear()


def export_wordings(member):
    rows = EventWording.objects.filter(author=member).select_related("event").order_by("id")
    return [{"event": row.event.slug, "language": row.language, "title": row.title} for row in rows]


register(
    Rsvp,
    what=_("What you signed up for: your name, e-mail and language, your place in line, and whether you came."),
    kept=format_lazy(
        _(
            "As a guest: until {guests} after the event, {postponed} if it is postponed without a new date, and "
            "{unconfirmed} if you do not confirm. As a member: until you delete your account."
        ),
        guests=days(guests_days),
        postponed=days(POSTPONED_DAYS),
        unconfirmed=days(UNCONFIRMED_DAYS),
    ),
    export=export_rsvps,
    erase=release_rsvps,
    expire=expire_rsvps,
    oldest=lambda: earliest(guests(), "created_at"),
)
register(
    Event,
    what=_("Which events you host."),
    kept=_("Until you delete your account."),
    export=export_hosting,
    erase=stop_hosting,
)
register(
    EventWording,
    what=_("That you wrote an event’s text."),
    kept=_("Until you delete your account; the text stays without your name."),
    export=export_wordings,
)
