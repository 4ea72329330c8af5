"""What the members' own calendar feeds keep, and how it leaves."""

from django.utils.translation import gettext_lazy as _

from chapter.privacy import register

from ..models import PersonalFeed


def export_feed(member):
    """When the feed was made; its address is a key, and a file is soon lying about."""
    rows = PersonalFeed.objects.filter(member=member)
    return [{"made_at": feed.created_at.isoformat(), "rotated_at": _moment(feed.rotated_at)} for feed in rows]


def delete_feed(member, *, keep_texts):
    PersonalFeed.objects.filter(member=member).delete()


def _moment(moment):
    return moment.isoformat() if moment else None


register(
    PersonalFeed,
    what=_("The secret address of your own calendar feed, if you have made one."),
    kept=_("Until you make a new address, or delete your account."),
    export=export_feed,
    erase=delete_feed,
)
