"""The organisers' log: every verb that an organiser can press leaves one line, in the transaction of the change.

An app names its verbs where they are done: `audit.describe("event_published", _("published the event"))`, and the verb
itself calls `audit.record("event_published", by=member, subject=event, about=title)`. What is recorded never holds a
person's name, address or words: the list of attendees and the access needs are not to be read here.

A sentence may count: `ngettext_lazy("wrote to %(count)d person", "wrote to %(count)d people", "count")` with `count=`.
"""

from .models import AuditEntry

LOG_DAYS = 730
_sentences = {}


def describe(name: str, sentence) -> None:
    """Name what was done, in the past tense, as it stands after who did it; translated when the log is read."""
    _sentences[name] = sentence


def sentence(name, count=None):
    """What was done, in the reader's language; the name itself for a verb that is no more."""
    said = _sentences.get(name, name)
    return str(said) if count is None else str(said % {"count": count})


def record(name, *, by, subject=None, about="", count=None):
    """One line, in the caller's transaction. `by` is the member, or None for the site itself. Raises KeyError for a verb nobody named."""
    _sentences[name]
    return AuditEntry.objects.create(
        verb=name,
        actor=by,
        by_site=by is None,
        about=about[:200],
        subject_label=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        count=count,
    )
