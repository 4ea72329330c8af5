"""What RSVPs keep about people, how it leaves, and when."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.models import Chapter
from chapter.privacy import Basis, days, earliest, register

from ..models import Event, Rsvp
from . import actions

UNCONFIRMED_DAYS = 7
# Of these an RSVP waits two for its confirmation, and up to one more for the nightly job.
PENDING_DAYS = actions.PENDING_FOR.days + 1
NO_ONE = Rsvp.ShownTo.NO_ONE
# Guests of a postponed event are told of its new date, if one comes within a year.
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


def export_shown_names(member):
    rows = (
        Rsvp.objects.of_member(member).exclude(shown_to=NO_ONE).select_related("event").order_by("created_at", "id")
    )
    return [{"event": rsvp.event.slug, "shown_to": rsvp.shown_to} for rsvp in rows]


def release_rsvps(member, *, keep_texts):
    """Cancel what is still to come, anonymise every row, keep attendance. Locks each event, in order of id."""
    rows = list(Rsvp.objects.of_member(member).select_related("event").order_by("event_id", "id"))
    for rsvp in rows:
        if rsvp.is_pending or not rsvp.event.is_over:
            actions.cancel(rsvp_id=rsvp.pk)
    Rsvp.objects.filter(pk__in=[rsvp.pk for rsvp in rows]).update(member=None, name="", email="", shown_to=NO_ONE)


def expire_rsvps():
    """Delete RSVPs that were never confirmed; anonymise guests of events that are over, and show no name there any more.

    Returns how many rows.
    """
    actions.expire_pending()
    old = Rsvp.objects.filter(status=Rsvp.Status.EXPIRED, changed_at__lt=_ago(UNCONFIRMED_DAYS - PENDING_DAYS))
    deleted, _rows = old.delete()
    guests_days = Chapter.load().guests_kept_days
    took_place = Q(event__ends_at__lt=_ago(guests_days)) & ~Q(event__state=Event.State.POSTPONED)
    given_up = Q(event__ends_at__lt=_ago(POSTPONED_DAYS))
    over = took_place | given_up
    forgotten = guests().filter(over).update(name="", email="", shown_to=NO_ONE)
    shown = Rsvp.objects.filter(over).exclude(shown_to=NO_ONE)
    return deleted + forgotten + shown.update(shown_to=NO_ONE)


def guests():
    return Rsvp.objects.filter(member=None).exclude(name="", email="")


def _ago(number):
    return timezone.now() - timedelta(days=number)


register(
    Rsvp,
    what=_("What you signed up for: name, address, language, place in the queue, whether you came."),
    kept=format_lazy(
        _(
            "Guests: {guests} after the event, {postponed} if postponed, unconfirmed {unconfirmed}. "
            "Members: until you delete your account."
        ),
        guests=days(lambda: Chapter.load().guests_kept_days),
        postponed=days(POSTPONED_DAYS),
        unconfirmed=days(UNCONFIRMED_DAYS),
    ),
    export=export_rsvps,
    erase=release_rsvps,
    expire=expire_rsvps,
    oldest=lambda: earliest(guests(), "created_at"),
    basis=Basis.ASKED,
)
register(
    Rsvp,
    part="shown_to",
    what=_("Who sees your name at events."),
    kept=format_lazy(
        _("Until you change it; {period} afterwards."),
        period=days(lambda: Chapter.load().guests_kept_days),
    ),
    export=export_shown_names,
    basis=Basis.AGREED,
)
