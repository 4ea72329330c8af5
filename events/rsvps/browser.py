"""What a guest's browser remembers: the address that was just asked for, and then the RSVP, for its event's page alone.

Both are signed cookies that only the person's own act sets, and that are sent to no other page.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation

from chapter import languages
from chapter.prepared import once_a_page, prepared

from ..models import Event, Rsvp
from .holds import HOLD_FOR

ASKED, RSVP = "asked", "rsvp"
# Long enough to read the summary, and to meet the board again.
AFTERWARDS_SECONDS = 7 * 24 * 60 * 60


def remember_asked(response, event, *, email, name, shown_to, is_held) -> None:
    """What the page "Check your email" shows, for as long as a seat can be held."""
    asked = {"email": email, "name": name, "shown_to": shown_to, "is_held": is_held}
    _set(response, ASKED, asked, path=reverse("rsvp_sent", args=[event.slug]), seconds=HOLD_FOR.total_seconds())


def asked(request) -> dict:
    return _get(request, ASKED, seconds=HOLD_FOR.total_seconds()) or {}


def remember(response, rsvp) -> None:
    """Recognise this browser on the event's page. Only for whoever came by the link in the mail."""
    seconds = max(0, (rsvp.event.ends_at - timezone.now()).total_seconds()) + AFTERWARDS_SECONDS
    for language in languages.CODES:
        # One for each address of the page: no other page is told, so all others come from the store as before.
        with translation.override(language):
            _set(response, f"{RSVP}_{language}", rsvp.token, path=rsvp.event.get_absolute_url(), seconds=seconds)


def forget(response, event) -> None:
    """Recognise this browser no longer; the link in the mail stays good."""
    for language in languages.CODES:
        with translation.override(language):
            response.delete_cookie(f"{RSVP}_{language}", path=event.get_absolute_url(), samesite="Lax")


def forget_guest(request, response, event) -> None:
    """Where a member has signed in, what the browser kept of a guest is gone: they may sign out for somebody else."""
    if request.user.is_authenticated and any(name.startswith(f"{RSVP}_") for name in request.COOKIES):
        forget(response, event)


@once_a_page
def rsvp_of(request, event: Event) -> Rsvp | None:
    """The row of the member, or of the guest who confirmed it in this browser; at most one query."""
    if request.user.is_authenticated:
        return next(iter(_own(event=event.pk, member=request.user.pk)), None)
    token = _get(request, f"{RSVP}_{languages.current()}")
    return event.rsvps.filter(token=token).first() if token else None


@prepared
def _own(event, member):
    return Rsvp.objects.filter(event=event, member=member).order_by("id")[:1]


def _set(response, name, value, *, path, seconds):
    response.set_cookie(
        name,
        signing.dumps(value, salt=f"events.rsvps.{name}"),
        max_age=seconds,
        path=path,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def _get(request, name, *, seconds=None):
    try:
        return signing.loads(request.COOKIES.get(name, ""), salt=f"events.rsvps.{name}", max_age=seconds)
    except signing.BadSignature:
        return None
