"""My page: the member's own calendar, and its address."""

from django.conf import settings
from django.urls import reverse

from chapter.panels import panel
from chapter.prepared import prepared

from ..models import PersonalFeed
from .links import subscribe_links


@panel("me", template="events/calendars/_on_me.html", order=30)
def my_calendar(member, request):
    feed = next(iter(_feed_of(member=member.pk)), None)
    if feed is None:
        return {"address": ""}
    address = settings.SITE_URL + reverse("personal_feed", args=[feed.token])
    return {"address": address, "reminding": f"{address}?remind=1", "links": subscribe_links(address)}


@prepared
def _feed_of(member):
    return PersonalFeed.objects.filter(member=member).order_by("id")[:1]
