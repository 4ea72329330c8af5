"""The hosts of an event, all equal. There may be none: every organiser can run every event."""

from django.db import transaction
from django.db.models import Q

from chapter.models import Member

from .. import audit
from ..models import Event


def of(event):
    return event.hosts.order_by("name", "id")


def possible(event):
    """Who can be asked: organisers, and members whom the hosts meet on the list anyway. Nobody can search the members here."""
    return _askable(event).exclude(pk__in=event.hosts.values("pk")).order_by("name", "id")


def choosable(event):
    """Whom a form may name: those who can be asked, and the hosts themselves."""
    return _askable(event) | Member.objects.filter(pk__in=event.hosts.values("pk"))


def _askable(event):
    coming = event.rsvps.holding().exclude(member=None).values("member")
    return Member.objects.filter(Q(is_organiser=True) | Q(pk__in=coming), is_active=True)


@transaction.atomic
def add(*, event_id, member, by):
    """One more host. Locks the event; repeating it changes nothing."""
    event = Event.objects.lock(event_id)
    if not event.hosts.filter(pk=member.pk).exists():
        event.hosts.add(member)
        audit.record("host_added", event, by=by)


@transaction.atomic
def remove(*, event_id, member, by):
    """One host less. Locks the event; repeating it changes nothing."""
    event = Event.objects.lock(event_id)
    if event.hosts.filter(pk=member.pk).exists():
        event.hosts.remove(member)
        audit.record("host_removed", event, by=by)
