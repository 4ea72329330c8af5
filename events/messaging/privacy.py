"""Messages that a member wrote as a host: how they leave."""

from chapter.privacy import TEXT_STAYS, WROTE_A_TEXT, Basis, register

from ..models import Message


def export_messages(member):
    rows = Message.objects.filter(author=member).select_related("event").order_by("id")
    return [
        {"event": row.event.slug, "subject": row.subject, "body": row.body, "sent_at": row.sent_at} for row in rows
    ]


register(
    Message,
    what=WROTE_A_TEXT,
    kept=TEXT_STAYS,
    export=export_messages,
    erase=lambda member, *, keep_texts: Message.objects.filter(author=member).update(author=None),
    basis=Basis.INTEREST,
)
