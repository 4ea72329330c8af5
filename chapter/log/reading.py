"""Reading the log: filters, sentences and links."""

from collections import defaultdict

from django import forms
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, Max, OuterRef
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _

from .. import audit, privacy
from ..models import AuditEntry, Member

# How many events can be chosen; older ones are reached from their own pages.
SUBJECTS = 50
EVENT = "events.event"
# Hidden unless asked for, since there are some every night; a failure is always shown.
NIGHTLY = (privacy.RAN, privacy.DELETED)


class LogForm(forms.Form):
    """Filters of the log; invalid values count as not chosen."""

    person = forms.ModelChoiceField(label=_("Who"), queryset=None, required=False, empty_label=_("Everyone"))
    event = forms.TypedChoiceField(label=_("Event"), required=False, coerce=int, empty_value=None)
    nightly = forms.BooleanField(label=_("Also show what the site deletes every night"), required=False)

    def __init__(self, data):
        super().__init__(data)
        has_acted = Exists(AuditEntry.objects.filter(actor=OuterRef("pk")))
        self.fields["person"].queryset = Member.objects.filter(has_acted).order_by("name", "id")
        self.fields["event"].choices = [("", _("All")), *_events(data.get("event", ""))]

    def entries(self):
        self.is_valid()
        rows = AuditEntry.objects.latest_first().select_related("actor")
        if not self.cleaned_data.get("nightly"):
            rows = rows.exclude(verb__in=NIGHTLY)
        if person := self.cleaned_data.get("person"):
            rows = rows.filter(actor=person)
        if event := self.cleaned_data.get("event"):
            rows = rows.on(EVENT, event)
        return rows


def _events(chosen):
    """(pk, title) of the latest events in the log, and of the chosen one."""
    rows = AuditEntry.objects.filter(subject_label=EVENT).exclude(subject_id=None)
    latest = rows.values("subject_id").annotate(last=Max("id")).order_by("-last").values_list("last", flat=True)
    ids = list(latest[:SUBJECTS])
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 18:
        ids += latest.filter(subject_id=int(chosen))
    titles = dict(AuditEntry.objects.filter(pk__in=ids).order_by("-id").values_list("subject_id", "about"))
    return titles.items()


def with_links(entries):
    """The entries, each with `said` and the `address` of its subject, if that still exists.

    One query for each kind of subject.
    """
    addresses = _addresses(entries)
    for entry in entries:
        entry.said = audit.sentence(entry.verb, entry.count)
        entry.address = addresses.get((entry.subject_label, entry.subject_id), "")
    return entries


def _addresses(entries):
    keys = defaultdict(set)
    for entry in entries:
        if entry.subject_id is not None:
            keys[entry.subject_label].add(entry.subject_id)
    return {(label, pk): _address(row) for label in keys for pk, row in _rows(label, keys[label]).items()}


def _rows(label, ids):
    try:
        model = apps.get_model(label)
    except LookupError:  # a later release has removed the model
        return {}
    parent = getattr(model, "subject_field", "")
    rows = model._default_manager.select_related(parent) if parent else model._default_manager
    return rows.in_bulk(ids)


def _address(row):
    # A wording has no page of its own.
    parent = getattr(row, "subject_field", "")
    shown = getattr(row, parent) if parent else row
    try:
        return shown.get_absolute_url()
    except (AttributeError, NoReverseMatch, ObjectDoesNotExist):
        return ""
