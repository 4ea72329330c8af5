"""The organisers' page that brings in a file, the same for every kind: a trial first, then the import."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import pgettext_lazy

from .. import remarks
from ..models import Chapter, ImportFile
from ..web import posted
from . import bringing

WORDS = {
    "made": pgettext_lazy("of an event in a file", "New"),
    "changed": pgettext_lazy("of an event in a file", "Changed"),
    "same": pgettext_lazy("of an event in a file", "As it is here"),
    "kept": pgettext_lazy("of an event in a file", "Left as it is here"),
    "refused": pgettext_lazy("of an event in a file", "Can’t be read"),
    "left out": pgettext_lazy("of an event in a file", "Left out"),
}


def answer(request, door, form_class, *, template):
    """The page of a door, whose address has the name of the request's own."""
    here = request.resolver_match.view_name
    form = form_class(posted(request), request.FILES or None, initial={"language": Chapter.load().default_language})
    if form.is_bound and form.is_valid():
        _ask(request, door, **form.cleaned_data)
        return redirect(here)
    file = ImportFile.objects.of_kind(door.kind).live().latest_first().first()
    return render(request, template, {"form": form, "file": file, **_found_in(file)})


def _ask(request, door, *, file, **options):
    try:
        bringing.ask(door, name=file.name, content=file.read(), options=options, by=request.user)
    except bringing.OneAtATime as refusal:
        messages.info(request, str(refusal))


def answer_take(request, door, pk, *, page, done):
    try:
        bringing.take(door, pk, by=request.user)
    except bringing.NotRead as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(page)


def _found_in(file):
    """The report for the template: rows with their verdicts in words, and the verdicts that there are with their numbers."""
    report = file.report if file else {}
    if "rows" not in report:
        return {"error": remarks.shown(report.get("error", ""))}
    rows = [
        {
            "verdict": WORDS[verdict],
            "what": remarks.shown(what),
            "is_said": isinstance(what, dict),
            "why": remarks.shown(why),
        }
        for verdict, what, why in report["rows"]
    ]
    counts = [(WORDS[verdict], number) for verdict, number in report["counts"].items() if number]
    return {
        "rows": rows,
        "counts": counts,
        "brings": sum(report["counts"].get(verdict, 0) for verdict in ("made", "changed")),
        "text_language": file.options["language"],
        "notes": [remarks.shown(note) for note in report["notes"]],
    }
