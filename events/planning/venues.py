"""The venues: organisers' pages and form."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chapter import audit
from chapter.fields import WebAddressField
from chapter.languages import current
from chapter.web import organiser_required, posted

from ..fields import reason_field
from ..models import Rsvp, Venue
from . import actions
from .telling import told_after

# What a calendar entry says of a venue.
IN_CALENDARS = {"name", "address", "city"}


def _told_if_moved(count):
    text = ngettext(
        "Has the venue moved? Say why in one sentence, and we’ll email %(count)d person who is coming or on the "
        "waitlist. Leave this empty if you only corrected a name: no one is then emailed.",
        "Has the venue moved? Say why in one sentence, and we’ll email %(count)d people who are coming or on the "
        "waitlist, once each. Leave this empty if you only corrected a name: no one is then emailed.",
        count,
    )
    return text % {"count": count}


class VenueForm(forms.ModelForm):
    """A reason is mailed to the `told` people who are to come to the venue; without one nobody is mailed."""

    map_url = WebAddressField(label=gettext_lazy("Map link"))

    def __init__(self, *args, told=0, **kwargs):
        super().__init__(*args, **kwargs)
        # A written place may lack them; a venue that is chosen again and again does not.
        self.fields["address"].required = self.fields["city"].required = True
        if told:
            self.fields["reason"] = reason_field(help_text=_told_if_moved(told))

    def clean_reason(self):
        reason = self.cleaned_data["reason"]
        if reason and not set(self.changed_data) - {"reason", "language"}:
            raise ValidationError(_("Nothing about the venue has changed, so there is nothing to tell people about."))
        return reason

    class Meta:
        model = Venue
        fields = ("name", "address", "city", "language", "directions", "access_notes", "map_url")
        widgets = {
            "directions": forms.Textarea(attrs={"rows": 4}),
            "access_notes": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "language": gettext_lazy("The language of the two texts below."),
            "directions": gettext_lazy("From the street to the room: which door, which floor, who to call."),
        }


@organiser_required
def venues(request):
    return render(request, "events/planning/venues.html", {"venues": Venue.objects.listed()})


@organiser_required
def venue_new(request):
    form = VenueForm(posted(request), initial={"language": current()})
    return _venue_page(request, form)


@organiser_required
def venue_edit(request, pk):
    venue = get_object_or_404(Venue.objects.listed(), pk=pk)
    told = Rsvp.objects.holding().filter(event__in=actions.told_of(venue)).number_of_people()
    form = VenueForm(posted(request), instance=venue, told=told)
    return _venue_page(request, form, venue=venue)


def _venue_page(request, form, *, venue=None):
    if form.is_bound and form.is_valid():
        told = _save(form, verb="venue_edited" if venue else "venue_added", by=request.user)
        messages.success(request, told_after(_("Saved."), told))
        return redirect("venues")
    return render(request, "events/planning/venue.html", {"form": form, "venue": venue})


@transaction.atomic
def _save(form, *, verb, by):
    venue, reason = form.save(), form.cleaned_data.get("reason", "")
    audit.record(verb, by=by, subject=venue, about=venue.name)
    if reason or IN_CALENDARS & set(form.changed_data):
        return actions.venue_changed(venue, reason=reason)
    return 0
