"""What the door and the hosts' messages keep about people."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.models import Chapter
from chapter.privacy_register import register

from .models import Message, WalkIn


def expire_walk_ins():
    """As with guests: the name goes, the count stays."""
    kept = timedelta(days=Chapter.load().guests_kept_days)
    old = WalkIn.objects.filter(event__ends_at__lt=timezone.now() - kept)
    return old.exclude(name="").update(name="")


def export_messages(member):
    rows = Message.objects.filter(author=member).select_related("event").order_by("id")
    return [
        {"event": row.event.slug, "subject": row.subject, "body": row.body, "sent_at": row.sent_at} for row in rows
    ]


register(
    WalkIn,
    what=_("If you come to an event without having signed up: your name, if you want to give it."),
    kept=_("As long as that of a guest who signed up; that somebody came stays as a number."),
    # Nobody signs in at the door: a name alone is nobody's account.
    export=lambda member: [],
    expire=expire_walk_ins,
)
register(
    Message,
    what=_("Messages that you wrote as a host to those who come."),
    kept=_("Until you delete your account; the message stays without your name."),
    export=export_messages,
    erase=lambda member, *, keep_texts: Message.objects.filter(author=member).update(author=None),
)
