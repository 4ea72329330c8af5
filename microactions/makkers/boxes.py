"""What follows a microaction, on its person's own page: the makker, the meetup that came of it, other rooms' panels."""

from django.conf import settings
from django.urls import reverse

from chapter.panels import panels_for

from .. import pairing
from ..models import Makker
from ..origins import MeetupForm
from . import actions


def follow_up(request, microaction) -> dict:
    """For `_manage.html`: `makker_box` and `meetup_form`, None where they make no sense, and `panels`."""
    return {
        "makker_box": _makker_box(microaction),
        "meetup_form": _meetup_form(request, microaction),
        "panels": panels_for("microaction", microaction, request),
    }


def _makker_box(microaction):
    makker = Makker.objects.select_related("member").filter(microaction=microaction).first()
    is_accepted = makker is not None and makker.is_accepted
    if microaction.is_pending or not (microaction.is_open or is_accepted):
        return None
    return {
        "makker": makker,
        "is_accepted": is_accepted,
        "invitation_url": "" if makker is None or is_accepted else invitation_url(makker),
        "can_want": not is_accepted and pairing.can_want(microaction),
        "lacks_event": not is_accepted and pairing.lacks_event(microaction),
    }


def invitation_url(makker) -> str:
    return settings.SITE_URL + reverse("makker_invited", args=[actions.invitation_key(makker)])


def _meetup_form(request, microaction):
    if not microaction.has_result:
        return None
    chosen = microaction.led_to_id
    # Its own ids: the page has other forms with the same fields.
    return MeetupForm(user=request.user, chosen_id=chosen, initial={"led_to": chosen}, auto_id="meetup_%s")
