"""Organisers keep the places where the chapter meets."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from chapter import audit
from chapter.access import organiser_required
from chapter.languages import current

from . import changes
from .models import Rsvp, Venue
from .organise_forms import VenueForm
from .organise_views import told_in_words

IN_CALENDARS = {"name", "address", "city"}


@organiser_required
def venues(request):
    return render(request, "events/organise/venues.html", {"venues": Venue.objects.all()})


@organiser_required
def venue_new(request):
    form = VenueForm(request.POST if request.method == "POST" else None, initial={"language": current()})
    return _venue_page(request, form)


@organiser_required
def venue_edit(request, pk):
    venue = get_object_or_404(Venue, pk=pk)
    told = Rsvp.objects.holding().filter(event__in=changes.told_of(venue)).number_of_people()
    form = VenueForm(request.POST if request.method == "POST" else None, instance=venue, told=told)
    return _venue_page(request, form, venue=venue)


def _venue_page(request, form, *, venue=None):
    if form.is_bound and form.is_valid():
        told = told_in_words(_save(form, verb="venue_edited" if venue else "venue_added", by=request.user))
        messages.success(request, " ".join([_("Saved."), told]).strip())
        return redirect("venues")
    return render(request, "events/organise/venue.html", {"form": form, "venue": venue})


@transaction.atomic
def _save(form, *, verb, by):
    """Store the venue; returns how many people were told of it."""
    venue, reason = form.save(), form.cleaned_data.get("reason", "")
    audit.record(verb, by=by, subject=venue, about=venue.name)
    if reason or IN_CALENDARS & set(form.changed_data):
        return changes.venue_changed(venue, reason=reason)
    return 0
