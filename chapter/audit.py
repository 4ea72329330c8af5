"""The organisers' log: every change by an organiser or host writes one line, in the transaction of the change.

An app describes its verbs where they are done: `audit.describe("event_published", _("published the event"))`; the verb
calls `audit.record("event_published", by=member, subject=event, about=title)`. A line never holds a person's name,
address or words.

A sentence may count: `ngettext_lazy("wrote to %(count)d person", "wrote to %(count)d people", "count")` with `count=`.
"""

from .models import AuditEntry

LOG_DAYS = 730
_sentences = {}


def describe(name: str, sentence) -> None:
    """Register a verb's sentence: past tense, as it follows the name of who did it."""
    _sentences[name] = sentence


def sentence(name: str, count: int | None = None) -> str:
    """The verb's sentence in the reader's language; the verb itself if it is no longer registered."""
    said = _sentences.get(name, name)
    return str(said) if count is None else str(said % {"count": count})


def record(name: str, *, by, subject=None, about="", count: int | None = None) -> AuditEntry:
    """Write one line in the caller's transaction. `by` is None for the site itself. Raises KeyError for an unregistered verb."""
    _sentences[name]  # raises for a verb that is not described
    return AuditEntry.objects.create(
        verb=name,
        actor=by,
        by_site=by is None,
        about=about[:200],
        subject_label=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        count=count,
    )
