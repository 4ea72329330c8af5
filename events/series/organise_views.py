"""The organisers' pages of series: create, edit, leave a date out, end."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from chapter.models import Chapter
from chapter.web import organiser_required, posted

from .. import planning
from ..models import Event, Rsvp, Series
from ..planning import told_after
from . import actions, edits
from .forms import AgreeForm, EndForm, SeriesForm, SkipForm, initial_of, initial_of_new, new_series
from .plan import plan
from .window import skipped_dates, window

_CHANGED = gettext_lazy(
    "Not saved: someone else changed this series after you opened it. Your text is still here. Look at the "
    "series in another tab, then save again to replace theirs."
)


@organiser_required
def series_new(request):
    """The form with its dates; stored only after a page has shown exactly these dates."""
    initial = initial_of_new(Chapter.load(), request.user)
    form = SeriesForm(posted(request), initial=initial)
    rows = _rows_of_new(form, initial)
    if _may_save(request, form, rows):
        out = [day for day, is_out in form.decisions.items() if is_out]
        made = actions.create(columns=form.columns, text=form.text, skipped=out, by=request.user, **form.people)
        messages.success(request, _made(made.events.count()))
        return redirect(made)
    return _form_page(request, form, rows)


def _rows_of_new(form, initial):
    if not form.is_bound:
        return window(new_series(initial), skipped=set(), events={})
    if not form.gives_dates:
        return None
    out = {day for day, is_out in form.decisions.items() if is_out}
    return window(new_series(form.cleaned_data), skipped=out, events={})


def _wants_to_save(request, form):
    # Not by the buttons "Show the dates" and "Back".
    return form.is_valid() and not {"show", "back"} & set(request.POST)


def _may_save(request, form, rows):
    return _wants_to_save(request, form) and form.has_shown(rows)


def _form_page(request, form, rows, **context):
    wants_look = _wants_to_save(request, form) and not form.has_shown(rows)
    context |= {"form": form, "rows": rows, "wants_look": wants_look}
    return render(request, "events/series/edit.html", context)


@organiser_required
def series_edit(request, slug):
    return _edit_page(request, get_object_or_404(Series.objects.for_tickets(), slug=slug))


@organiser_required
def event_and_later(request, slug):
    event = get_object_or_404(Event.objects.for_tickets(), slug=slug, series__isnull=False)
    return _edit_page(request, Series.objects.for_tickets().get(pk=event.series_id), event=event)


def _edit_page(request, series, *, event=None):
    form = SeriesForm(posted(request), series=series, initial=initial_of(series))
    first = event and event.series_date
    found = _plan(series, form, first)
    rows = found and found.rows()
    if _may_save(request, form, rows):
        try:
            return _save(request, series, form, first)
        except edits.AsksFirst as ask:
            return _ask(request, series, form, ask.plan, event)
        except planning.ChangedMeanwhile:
            planning.explain_conflict(form, _CHANGED, version=edits.fingerprint(series))
    more = {"series": series, "event": event, "plan": found, "other_languages": planning.other_languages(series)}
    return _form_page(request, form, rows, **more)


def _plan(series, form, first):
    if not form.is_bound:
        return plan(series, {}, first=first)
    if not form.is_valid():
        return None
    skipped = edits.with_skips(skipped_dates(series), form.decisions)
    return plan(series, form.columns, first=first, skipped=skipped)


def _save(request, series, form, first):
    agree = AgreeForm(request.POST, tells=False)
    agree.is_valid()
    done = edits.edit(
        series.pk,
        version=form.cleaned_data["version"],
        columns=form.columns,
        text=form.text,
        skips=form.decisions,
        first=first,
        agreed=agree.cleaned_data.get("agreed", ""),
        reason=agree.cleaned_data.get("reason", ""),
        by=request.user,
        **form.people,
    )
    messages.success(request, _done(done))
    return redirect(series)


def _ask(request, series, form, found, event):
    # What was typed travels through the page in hidden fields.
    sent = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
    agree = AgreeForm(request.POST if "agreed" in request.POST else None, tells=found.people > 0)
    context = {"series": series, "event": event, "plan": found, "form": agree, "sent": sent}
    return render(request, "events/series/ask.html", context)


@organiser_required
def series_wording(request, slug, language):
    series = get_object_or_404(Series.objects.for_tickets(), slug=slug)
    return planning.wording_page(
        request,
        series,
        language,
        fingerprint=edits.fingerprint,
        write=edits.write_text,
        done=_("Saved, also for the upcoming events that no one has edited by hand."),
        conflict=_CHANGED,
        series=series,
    )


@organiser_required
@require_POST
def series_skip(request, slug):
    series = get_object_or_404(Series, slug=slug)
    form = SkipForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("Not saved. Choose a valid date."))
    elif not form.cleaned_data["out"]:
        actions.put_back(series.pk, date=form.cleaned_data["date"], by=request.user)
        messages.success(request, _("The date has been restored."))
    elif actions.skip(series.pk, date=form.cleaned_data["date"], by=request.user):
        messages.success(request, _("The date is skipped and won’t be created again."))
    else:
        messages.info(request, _("Nothing was changed: that event is already published. Cancel it instead."))
    return redirect(series)


@organiser_required
def series_end(request, slug):
    series = get_object_or_404(Series.objects.running().for_tickets(), slug=slug)
    form = EndForm(posted(request))
    coming = list(actions.to_come(series))
    if form.is_bound and form.is_valid():
        told = actions.end(series.pk, by=request.user, **form.cleaned_data)
        messages.success(request, told_after(_("The series has ended."), told))
        return redirect(series)
    people = Rsvp.objects.holding().filter(event__in=coming).number_of_people()
    context = {"series": series, "form": form, "coming": coming, "people": people}
    return render(request, "events/series/end.html", context)


def _made(count):
    text = ngettext("Saved, with its first event.", "Saved, with its first %(count)d events.", count)
    return text % {"count": count}


def _done(done):
    text = ngettext(
        "Saved. %(count)d upcoming event was changed.", "Saved. %(count)d upcoming events were changed.", done.events
    )
    return told_after(text % {"count": done.events} if done.events else _("Saved."), done.told)
