"""Who hosts an event: several equal hosts, each of whom, and every organiser, may ask another in."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from chapter.web import form_methods, posted

from ..access import host_required
from . import hosts


class HostForm(forms.Form):
    """One member, in or out."""

    member = forms.ModelChoiceField(queryset=None)
    change = forms.ChoiceField(choices=[("add", "add"), ("remove", "remove")])

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = hosts.choosable(event)


@host_required
@form_methods
def event_hosts(request, event):
    """The hosts, and those who could be: organisers, and members who are coming."""
    form = HostForm(posted(request), event=event)
    if form.is_bound and form.is_valid():
        return _change(request, event, form.cleaned_data["member"], is_in=form.cleaned_data["change"] == "add")
    context = {"event": event, "form": form, "hosts": hosts.of(event), "possible": hosts.possible(event)}
    return render(request, "events/planning/hosts.html", context)


def _change(request, event, member, *, is_in):
    if is_in:
        hosts.add(event_id=event.pk, member=member, by=request.user)
        messages.success(request, _("%(name)s is a host now.") % {"name": member.display_name})
    else:
        hosts.remove(event_id=event.pk, member=member, by=request.user)
        messages.success(request, _("%(name)s is not a host any more.") % {"name": member.display_name})
    may_stay = request.user.is_organiser or is_in or member != request.user
    return redirect("event_hosts", event.slug) if may_stay else redirect("events")
