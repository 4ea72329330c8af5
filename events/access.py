"""Who may run an event: its hosts, all equal, and every organiser."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404

from chapter.web import lacks_second_factor, to_second_factor

from .models import Event


def may_run(user, event):
    """Whether this person may run an event; at most one query, none where its hosts are prefetched."""
    if not user.is_authenticated or user.is_organiser:
        return user.is_authenticated
    return user in event.hosts.all()


def host_required(view):
    """For the event's hosts and all organisers: calls view(request, event, …) for an address with a slug.

    A visitor is asked to sign in; another member gets 404. Who runs an event sees who comes, so a host needs the second factor
    that production asks of organisers, too.
    """

    @login_required
    @wraps(view)
    def checked(request, slug, *args, **kwargs):
        event = get_object_or_404(Event.objects.run_by(request.user), slug=slug)
        if lacks_second_factor(request.user):
            return to_second_factor(request)
        return view(request, event, *args, **kwargs)

    return checked
