"""Pages of events/."""

from django.shortcuts import get_object_or_404, render

from .models import Event
from .rsvp_box import rsvp_box


def event(request, slug):
    found = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    return event_page(request, found)


def event_page(request, event, *, rsvp_form=None, status=200):
    box = rsvp_box(event, request, form=rsvp_form)
    return render(request, "events/event.html", {"event": event, "rsvp_box": box}, status=status)
