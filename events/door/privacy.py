"""What the door and the hosts' messages keep about people."""

from datetime import timedelta

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.models import Chapter
from chapter.privacy import days, earliest, register

from ..models import Message, WalkIn


def guests_days():
    """How long after an event the name of whoever is no member is kept: the chapter's own setting."""
    return Chapter.load().guests_kept_days


def expire_walk_ins():
    """As with guests: the name goes, the count stays."""
    old = named().filter(event__ends_at__lt=timezone.now() - timedelta(days=guests_days()))
    return old.update(name="")


def named():
    return WalkIn.objects.exclude(name="")


def export_messages(member):
    rows = Message.objects.filter(author=member).select_related("event").order_by("id")
    return [
        {"event": row.event.slug, "subject": row.subject, "body": row.body, "sent_at": row.sent_at} for row in rows
    ]


register(
    WalkIn,
    what=_("If you come to an event without having signed up: your name, if you want to give it."),
    kept=format_lazy(
        _("Until {guests} after the event; that somebody came stays as a number."), guests=days(guests_days)
    ),
    # Nobody signs in at the door: a name alone is nobody's account.
    export=lambda member: [],
    expire=expire_walk_ins,
    oldest=lambda: earliest(named(), "created_at"),
)
register(
    Message,
    what=_("Messages that you wrote as a host to those who come."),
    kept=_("Until you delete your account; the message stays without your name."),
    export=export_messages,
    erase=lambda member, *, keep_texts: Message.objects.filter(author=member).update(author=None),
)
