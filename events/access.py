"""Access to an event: its hosts, all equal, and every organiser may run it."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404

from chapter.web import lacks_second_factor, to_second_factor

from .models import Event


def may_run(user, event) -> bool:
    """At most one query, none if the hosts are prefetched."""
    if not user.is_authenticated or user.lacks_second_factor:
        return False
    return user.is_organiser or user in event.hosts.all()


def host_required(view):
    """Decorate view(request, event, …) of an address with a slug, for hosts and organisers; other members get 404."""

    @login_required
    @wraps(view)
    def checked(request, slug, *args, **kwargs):
        event = get_object_or_404(Event.objects.entrusted_to(request.user), slug=slug)
        # Hosts see who comes, so they need the second factor that production asks of organisers.
        if lacks_second_factor(request.user):
            return to_second_factor(request)
        return view(request, event, *args, **kwargs)

    return checked
