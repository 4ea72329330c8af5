"""Messages that a member wrote as a host: how they leave."""

from django.utils.translation import gettext_lazy as _

from chapter.privacy import Basis, register

from ..models import Message


def export_messages(member):
    rows = Message.objects.filter(author=member).select_related("event").order_by("id")
    return [
        {"event": row.event.slug, "subject": row.subject, "body": row.body, "sent_at": row.sent_at} for row in rows
    ]


register(
    Message,
    what=_("Messages that you wrote as a host to people who are coming."),
    kept=_("Until you delete your account. The message is kept without your name."),
    export=export_messages,
    erase=lambda member, *, keep_texts: Message.objects.filter(author=member).update(author=None),
    basis=Basis.INTEREST,
)
