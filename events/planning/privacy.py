"""Who hosts events and who wrote their texts: how it leaves."""

from django.utils.translation import gettext_lazy as _

from chapter.privacy import register

from ..models import Event, EventWording


def export_hosting(member):
    return [{"event": event.slug} for event in member.hosted_events.order_by("id")]


def stop_hosting(member, *, keep_texts):
    member.hosted_events.clear()


def export_wordings(member):
    rows = EventWording.objects.filter(author=member).select_related("event").order_by("id")
    return [{"event": row.event.slug, "language": row.language, "title": row.title} for row in rows]


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
