"""The secret addresses of calendar feeds: how they leave."""

from django.utils.translation import gettext_lazy as _

from chapter.privacy import Basis, register

from ..models import PersonalFeed


def export_feed(member):
    """The token is omitted: it grants access, and exports get shared."""
    return [
        {"made_at": feed.created_at.isoformat(), "rotated_at": feed.rotated_at and feed.rotated_at.isoformat()}
        for feed in PersonalFeed.objects.filter(member=member)
    ]


def delete_feed(member, *, keep_texts):
    PersonalFeed.objects.filter(member=member).delete()


register(
    PersonalFeed,
    what=_("The secret address of your calendar feed."),
    kept=_("Until you replace it or delete your account."),
    export=export_feed,
    erase=delete_feed,
    basis=Basis.ASKED,
)
