"""The box "Tell me about new meetups", which many pages show."""

from ..models import Follower
from .forms import FollowForm


def follow_box(request, *, series=None) -> dict:
    """For a visitor the form, for a member whether they follow; one query for a member, none for a visitor."""
    if request.user.is_authenticated:
        return {"follower": Follower.objects.filter(member=request.user).first(), "series": series}
    return {
        "form": FollowForm(auto_id="follow_%s", initial={"series": series.slug if series else ""}),
        "series": series,
    }
