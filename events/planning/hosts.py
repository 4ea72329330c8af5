"""The hosts of an event, all equal: each of them, and every organiser, may add and remove hosts. There may be none."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from chapter.models import Member
from chapter.web import form_methods, posted

from .. import audit
from ..access import host_required
from ..models import Event


def _askable(event):
    # Only members whom the hosts meet on the list anyway: nobody can search the members here.
    coming = event.rsvps.holding().exclude(member=None).values("member")
    return Member.objects.filter(Q(is_organiser=True) | Q(pk__in=coming), is_active=True)


@transaction.atomic
def add(*, event_id, member, by) -> None:
    """Locks the event; repeating it changes nothing."""
    event = Event.objects.lock(event_id)
    if not event.hosts.filter(pk=member.pk).exists():
        event.hosts.add(member)
        audit.record("host_added", event, by=by)


@transaction.atomic
def remove(*, event_id, member, by) -> None:
    """Locks the event; repeating it changes nothing."""
    event = Event.objects.lock(event_id)
    if event.hosts.filter(pk=member.pk).exists():
        event.hosts.remove(member)
        audit.record("host_removed", event, by=by)


# The page


class HostForm(forms.Form):
    member = forms.ModelChoiceField(queryset=None)
    change = forms.ChoiceField(choices=[("add", "add"), ("remove", "remove")])

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = _askable(event) | Member.objects.filter(pk__in=event.hosts.values("pk"))


@host_required
@form_methods
def event_hosts(request, event):
    form = HostForm(posted(request), event=event)
    if form.is_bound and form.is_valid():
        return _change(request, event, form.cleaned_data["member"], is_in=form.cleaned_data["change"] == "add")
    possible = _askable(event).exclude(pk__in=event.hosts.values("pk")).order_by("name", "id")
    context = {"event": event, "form": form, "hosts": event.hosts.order_by("name", "id"), "possible": possible}
    return render(request, "events/planning/hosts.html", context)


def _change(request, event, member, *, is_in):
    if is_in:
        add(event_id=event.pk, member=member, by=request.user)
        messages.success(request, _("%(name)s is now a host.") % {"name": member.display_name})
    else:
        remove(event_id=event.pk, member=member, by=request.user)
        messages.success(request, _("%(name)s is no longer a host.") % {"name": member.display_name})
    may_stay = request.user.acts_as_organiser or is_in or member != request.user
    return redirect("event_hosts", event.slug) if may_stay else redirect("events")
