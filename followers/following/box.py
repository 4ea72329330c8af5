"""The box "Tell me about new meetups", which many pages show."""

from chapter.prepared import prepared

from ..models import Follower
from .forms import FollowForm


def follow_box(request, *, series=None) -> dict:
    """For a visitor the form, for a member whether they follow; one query for a member, none for a visitor."""
    if request.user.is_authenticated:
        return {"follower": next(iter(_follower_of(member=request.user.pk)), None), "series": series}
    return {
        "form": FollowForm(auto_id="follow_%s", initial={"series": series.slug if series else ""}),
        "series": series,
    }


@prepared
def _follower_of(member):
    return Follower.objects.filter(member=member).order_by("pk")[:1]
