"""Access needs: how they leave, and when.

Registered before the RSVPs: erasing those leaves rows without their person, and the needs must go first.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.privacy import Basis, days, earliest, register

from ..models import AccessNeed, Event, Rsvp
from .actions import KEPT_DAYS


def needs_of(member):
    return AccessNeed.objects.filter(rsvp__in=Rsvp.objects.of_member(member).values("pk"))


def export_needs(member):
    for need in needs_of(member).select_related("rsvp__event").order_by("id"):
        yield {"event": need.rsvp.event.slug, "text": need.text, "consented_at": need.consented_at.isoformat()}


def erase_needs(member, *, keep_texts):
    needs_of(member).delete()


def expire_needs():
    # The last two are deleted by the verbs already; this catches what changed by hand.
    over = Q(rsvp__event__ends_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    cancelled = Q(rsvp__event__state=Event.State.CANCELLED)
    left = ~Q(rsvp__status__in=[Rsvp.Status.GOING, Rsvp.Status.WAITLISTED])
    return AccessNeed.objects.filter(over | cancelled | left).delete()[0]


register(
    AccessNeed,
    what=_("What you need to take part, for the hosts alone."),
    kept=format_lazy(_("{period} after the event; immediately if you remove it or cancel."), period=days(KEPT_DAYS)),
    export=export_needs,
    erase=erase_needs,
    expire=expire_needs,
    oldest=lambda: earliest(AccessNeed.objects, "consented_at"),
    basis=Basis.HEALTH,
)
