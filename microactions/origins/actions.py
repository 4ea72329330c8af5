"""What a meetup came of: the link from a microaction to the meetup that followed from it."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from chapter.prepared import now
from events import audit

from .. import pledges
from ..models import Microaction

audit.describe("event_origin_linked", _("linked a microaction to the event"))
audit.describe("event_origin_unlinked", _("removed the link to a microaction from the event"))

A_YEAR = timedelta(days=365)
TO_CHOOSE_FROM = 100


def linkable() -> QuerySet:
    # The newest hundred of a year: a longer list is no choice.
    recent = Microaction.objects.public().filter(created_at__gt=now(ago=A_YEAR), led_to=None)
    newest = recent.order_by("-created_at", "-id").values("pk")[:TO_CHOOSE_FROM]
    return Microaction.objects.filter(pk__in=newest).order_by("-created_at", "-id")


@transaction.atomic
def tell_meetup(microaction, *, event) -> Microaction:
    """Set the meetup that came of it, or None. Locks the row; does nothing before there is a result."""
    microaction = pledges.lock(microaction)
    if microaction.has_result:
        microaction.led_to = event
        microaction.save(update_fields=["led_to"])
    return microaction


@transaction.atomic
def link_origin(microaction, *, event, by) -> None:
    """An organiser says that this meetup came of a public microaction. Locks the row.

    Raises PermissionDenied for others, Microaction.DoesNotExist for what is not public or led to another meetup.
    """
    _check_organiser(by)
    microaction = Microaction.objects.select_for_update(of=("self",)).public().get(pk=microaction.pk)
    if microaction.led_to_id not in (None, event.pk):
        raise Microaction.DoesNotExist
    microaction.led_to = event
    microaction.save(update_fields=["led_to"])
    audit.record("event_origin_linked", event, by=by)


@transaction.atomic
def unlink_origin(pk, *, event, by) -> None:
    _check_organiser(by)
    if Microaction.objects.public().filter(pk=pk, led_to=event).update(led_to=None):
        audit.record("event_origin_unlinked", event, by=by)


def _check_organiser(member):
    if not member.acts_as_organiser:
        raise PermissionDenied
