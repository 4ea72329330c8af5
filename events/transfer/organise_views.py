"""The organisers' page that brings in events from a file: a trial first, then the import."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from chapter.models import Chapter, ImportFile
from chapter.web import form_methods, organiser_required, posted

from . import bringing
from .forms import FileForm

WORDS = {
    "made": pgettext_lazy("of an event in a file", "New"),
    "changed": pgettext_lazy("of an event in a file", "Changed"),
    "same": pgettext_lazy("of an event in a file", "As it is here"),
    "kept": pgettext_lazy("of an event in a file", "Left as it is here"),
    "refused": pgettext_lazy("of an event in a file", "Can’t be read"),
    "left out": pgettext_lazy("of an event in a file", "Left out"),
}


@organiser_required
@form_methods
def events_bring(request):
    initial = {"language": Chapter.load().default_language}
    form = FileForm(posted(request), request.FILES or None, initial=initial)
    if form.is_bound and form.is_valid():
        _ask(request, form.cleaned_data)
        return redirect("events_bring")
    file = ImportFile.objects.live().latest_first().first()
    return render(request, "events/transfer/bring.html", {"form": form, "file": file, **_report_of(file)})


def _ask(request, data):
    options = {name: data[name] for name in ("language", "publish", "months_back", "dates")}
    try:
        bringing.ask(name=data["file"].name, content=data["file"].read(), options=options, by=request.user)
    except bringing.OneAtATime as refusal:
        messages.info(request, str(refusal))


@organiser_required
@require_POST
def events_take(request, pk):
    try:
        bringing.take(pk, by=request.user)
    except bringing.NotRead as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The events are being brought in. It takes up to a minute."))
    return redirect("events_bring")


def _report_of(file):
    """The report for the template: rows with their verdicts in words, and the verdicts that there are with their numbers."""
    if file is None or "rows" not in file.report:
        return {}
    # What the command would be told is chosen in the form here.
    rows = [(WORDS[verdict], what.partition(": --")[0], why) for verdict, what, why in file.report["rows"]]
    notes = [note.partition("; no value")[0].partition(": --months")[0] for note in file.report["notes"]]
    counts = [(WORDS[verdict], number) for verdict, number in file.report["counts"].items() if number]
    brings = sum(file.report["counts"].get(verdict, 0) for verdict in ("made", "changed"))
    return {
        "rows": rows,
        "counts": counts,
        "brings": brings,
        "text_language": file.options["language"],
        "notes": notes,
    }
