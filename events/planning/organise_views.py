"""The organisers' pages of one event: edit, publish, postpone, cancel, and who comes."""

from itertools import groupby
from operator import attrgetter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from chapter.languages import current
from chapter.mail import MailboxFull
from chapter.models import Chapter
from chapter.web import form_methods, key_page_of, organiser_required, posted, say_stored

from .. import door, rsvps
from ..access import host_required
from ..fields import ConfirmForm
from ..models import Event, Rsvp
from . import actions, attendee_table
from .editing import ChangedMeanwhile, explain_conflict, other_languages, wording_page
from .forms import CapacityForm, EventForm, NameSearchForm, ReasonForm, initial_of, initial_of_new
from .telling import told_after

_CHANGED = gettext_lazy(
    "Not saved: someone else changed this event after you opened it. Your text is still here. Look at the event "
    "in another tab, then save again to replace theirs."
)
_PUBLISHED = gettext_lazy("Published. It is now on the site and in the calendars.")
_TOO_LATE = gettext_lazy(
    "Not saved. Someone else has changed this since you opened the page, or it is too late to change it. Reload the page to see what applies now."
)

PEOPLE_PER_PAGE = 100

# Writing


@organiser_required
def event_new(request):
    initial = initial_of_new(Chapter.load(), request.user)
    form = EventForm(posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        publishes = "publish" in request.POST
        event = actions.create(
            columns=form.columns, text=form.text, publishes=publishes, by=request.user, **form.people
        )
        say_stored(request, _PUBLISHED if publishes else _("Saved as a draft."))
        return redirect(event)
    return render(request, "events/planning/edit.html", {"form": form})


@organiser_required
def event_edit(request, slug):
    event = get_object_or_404(Event, slug=slug)
    form = EventForm(posted(request), event=event, initial=initial_of(event))
    if form.is_bound and form.is_valid():
        try:
            return _save_edit(request, event, form)
        except ChangedMeanwhile:
            explain_conflict(form, _CHANGED, version=actions.fingerprint(event))
    context = {"form": form, "event": event, "other_languages": other_languages(event)}
    return render(request, "events/planning/edit.html", context)


def _save_edit(request, event, form):
    told = actions.edit(
        event.pk,
        version=form.cleaned_data["version"],
        columns=form.columns,
        text=form.text,
        reason=form.cleaned_data.get("reason", ""),
        publishes="publish" in request.POST,
        by=request.user,
        **form.people,
    )
    was_draft = event.is_draft
    event.refresh_from_db()
    done = _PUBLISHED if was_draft and event.is_published else _("Saved.")
    say_stored(request, told_after(done, told))
    return redirect(event)


@organiser_required
def event_wording(request, slug, language):
    return wording_page(
        request,
        get_object_or_404(Event.objects.for_tickets(), slug=slug),
        language,
        fingerprint=actions.fingerprint,
        write=actions.write_text,
        done=_("Saved."),
        conflict=_CHANGED,
    )


@organiser_required
@require_POST
def event_duplicate(request, slug):
    new = actions.duplicate(get_object_or_404(Event, slug=slug).pk, by=request.user)
    messages.success(request, _("This is a new draft, copied from the other event. Check the date."))
    return redirect("event_edit", new.slug)


@organiser_required
def event_delete(request, slug):
    event = get_object_or_404(Event.objects.drafts().for_tickets(), slug=slug)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        if actions.delete_draft(event.pk, by=request.user):
            title = event.wording.title if event.wording else event.slug
            messages.success(request, _("“%(title)s” has been deleted.") % {"title": title})
        else:
            messages.info(request, _TOO_LATE)
        return redirect("events")
    return render(request, "events/planning/delete.html", {"event": event, "form": form})


# The state


@organiser_required
def event_publish(request, slug):
    return _state_page(request, slug, verb=actions.publish, done=_PUBLISHED)


@organiser_required
def event_unpublish(request, slug):
    return _state_page(
        request,
        slug,
        verb=actions.unpublish,
        done=_("The event is a draft again. Only its hosts and the organisers can see it."),
    )


@organiser_required
def event_postpone(request, slug):
    return _state_page(request, slug, verb=actions.postpone, form_class=ReasonForm, done=_("The event is postponed."))


@organiser_required
def event_cancel(request, slug):
    return _state_page(request, slug, verb=actions.cancel, form_class=ReasonForm, done=_("The event is cancelled."))


def _state_page(request, slug, *, verb, done, form_class=ConfirmForm):
    """GET asks, with the number of people who will be mailed; POST acts. Too late is a message, no error."""
    event = get_object_or_404(Event.objects.for_tickets(), slug=slug)
    form = form_class(posted(request))
    if form.is_bound and form.is_valid():
        told = verb(event.pk, by=request.user, **form.cleaned_data)
        if told is None:
            messages.info(request, _TOO_LATE)
        else:
            messages.success(request, told_after(done, told))
        return redirect(event)
    context = {"event": event, "form": form, "told": event.going_count + event.waiting_count}
    return render(request, f"events/planning/{verb.__name__}.html", context)


# Who comes


@host_required
def event_attendees(request, event):
    event = Event.objects.for_tickets().get(pk=event.pk)
    # Hosts see the number of seats; only organisers change it.
    sent = posted(request) if request.user.acts_as_organiser else None
    form = CapacityForm(sent, initial={"capacity": event.capacity})
    if form.is_bound and form.is_valid():
        rsvps.change_capacity(event_id=event.pk, capacity=form.cleaned_data["capacity"], by=request.user)
        messages.success(request, _("The number of seats is saved."))
        return redirect("event_attendees", event.slug)
    context = {
        "event": event,
        "form": form,
        "add_form": rsvps.AddForm(auto_id="add_%s"),
        **_people(event, request),
        "pending": event.rsvps.filter(status=Rsvp.Status.PENDING).count(),
        "figures": door.figures(event) if event.has_started else None,
    }
    return render(request, "events/planning/attendees.html", context)


def _people(event, request):
    """A page of those who come, then those who wait; or of those who are called what is sought."""
    search = NameSearchForm(request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    people = event.rsvps.holding().named(words).in_list_order().select_related("member")
    page = key_page_of(people, request, per_page=PEOPLE_PER_PAGE, by=Rsvp.LIST_ORDER, descending=False)
    groups = [list(rows) for _is_waiting, rows in groupby(page, key=attrgetter("is_waiting"))]
    # Where a page goes on with a list, its numbers do, too.
    before = page[0].place_in_list - 1 if page and page.place else 0
    groups = list(zip(groups, [before, 0], strict=False))
    return {"page": page, "words": words, "search": search, "groups": groups}


@organiser_required
@form_methods
def attendee_add(request, slug):
    event = get_object_or_404(Event.objects.for_tickets(), slug=slug)
    form = rsvps.AddForm(posted(request))
    if form.is_bound and form.is_valid() and (rsvp := _add(request, event, form)):
        name = {"name": rsvp.person_name}
        done = _("%(name)s has a seat.") if rsvp.is_going else _("All seats are taken: %(name)s is on the waitlist.")
        messages.success(request, done % name)
        return redirect("event_attendees", slug)
    return render(request, "events/planning/attendee_add.html", {"event": event, "form": form})


def _add(request, event, form):
    try:
        return rsvps.add(event_id=event.pk, language=current(), by=request.user, **form.cleaned_data)
    except rsvps.AlreadyListed as refusal:
        form.add_error("email" if form.cleaned_data["email"] else "name", str(refusal))
    except rsvps.NotOpen as refusal:
        form.add_error(None, str(refusal))
    except MailboxFull:
        form.add_error("email", _("This address has had many emails from us in the last hour. Try again later."))
    return None


@host_required
@require_safe
def attendees_table(request, event):
    """The list as a table for a spreadsheet, without addresses."""
    table = attendee_table.table_of(event)
    name = f'attachment; filename="{event.slug}.csv"'
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


@organiser_required
@require_POST
def attendee_remove(request, slug, pk):
    rsvp = get_object_or_404(Rsvp.objects.active().select_related("member"), pk=pk, event__slug=slug)
    rsvps.remove(rsvp_id=rsvp.pk, by=request.user)
    messages.success(request, _("%(name)s is no longer signed up.") % {"name": rsvp.person_name})
    return redirect("event_attendees", slug)
