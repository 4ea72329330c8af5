"""The register of personal data: what each app keeps about people, how it leaves, and when.

Each app describes its models in its `privacy.py`:

    register(Rsvp, export=lambda member: […], erase=release_rsvps, expire=forget_guests, kept=_("…"))

My page exports and erases through it, the nightly job expires through it, and the privacy page prints it; a test fails when a
model that holds a person is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

_register = {}


@dataclass(frozen=True)
class PersonalData:
    """What one model keeps about people.

    export(member) → JSON-ready dicts, everything about that member. erase(member, keep_texts=bool) removes or releases
    it; with `keep_texts` public words may stay without the name. expire() deletes what is too old and returns how many.
    """

    model: type
    what: str
    kept: str
    export: Callable
    erase: Callable | None = None
    expire: Callable | None = None


def register(model, *, what, kept, export, erase=None, expire=None):
    _register[model._meta.label] = PersonalData(model, what, kept, export, erase, expire)


def entries():
    return list(_register.values())


def export(member):
    """Everything that the site keeps about a member, by model, ready for JSON."""
    return {label: list(entry.export(member)) for label, entry in sorted(_register.items())}


@transaction.atomic
def erase(member, *, keep_texts):
    """Take a member out of the site in one transaction; the account itself goes last."""
    for entry in entries():
        if entry.erase:
            entry.erase(member, keep_texts=keep_texts)
    member.delete()


def expire():
    """Delete everything that has been kept long enough; {label: rows}.

    Each model in a transaction of its own. One that fails stops none of the others; an ExceptionGroup tells of it at the end.
    """
    deleted, errors = {}, []
    for label, entry in _register.items():
        if entry.expire:
            try:
                with transaction.atomic():
                    deleted[label] = entry.expire()
            except Exception as error:
                errors.append(error)
    if errors:
        raise ExceptionGroup("Some personal data was kept too long", errors)
    return deleted
