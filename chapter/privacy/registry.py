"""The register of personal data: what each app keeps about people, how it leaves, and when.

Each app describes its models in its `privacy.py`:

    register(Rsvp, export=lambda member: […], erase=release_rsvps, expire=forget_guests, kept=_("…"))

My page exports and erases through it, the nightly job expires through it, and the privacy page prints it; a test fails when a
model that holds a person is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import models, transaction
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

DAYS_OF_A_YEAR = 365
AS_LONG_AS_THE_ACCOUNT = _("Until you delete your account.")
_register = {}


@dataclass(frozen=True)
class PersonalData:
    """What one model keeps about people.

    export(member) → JSON-ready dicts, everything about that member. erase(member, keep_texts=bool) removes or releases
    it; with `keep_texts` public words may stay without the name. expire() deletes what is too old and returns how many; it
    can be rehearsed, so it writes to the database alone, and touches files and other machines only on commit.
    oldest() says how old the oldest is that will be deleted one day, or None.
    """

    model: type
    what: str
    kept: str
    export: Callable
    erase: Callable | None = None
    expire: Callable | None = None
    oldest: Callable | None = None
    name: str = ""

    @property
    def label(self):
        """What it is, in two words, in the reader's language: the table's own name, unless that says nothing to a reader."""
        return capfirst(self.name or self.model._meta.verbose_name_plural)


@dataclass(frozen=True)
class Expired:
    """What one turn of deleting did to one entry; `count` is None where it failed."""

    entry: PersonalData
    count: int | None = None
    oldest: datetime | None = None
    error: Exception | None = None


def register(model, *, what, kept, export, erase=None, expire=None, oldest=None, name=""):
    _register[model._meta.label] = PersonalData(model, what, kept, export, erase, expire, oldest, name)


def hosting_of(model, *, what) -> None:
    """Register a model with `slug` and `hosts`: erasing a member takes them off the hosts."""
    register(
        model,
        what=what,
        kept=AS_LONG_AS_THE_ACCOUNT,
        export=lambda member: [
            {model._meta.model_name: row.slug} for row in model.objects.filter(hosts=member).order_by("id")
        ],
        erase=lambda member, *, keep_texts: model.hosts.through.objects.filter(member=member).delete(),
    )


def authorship_of(model, *, what, kept) -> None:
    """Register a Wording of something with a slug. No `erase`: the database forgets the author with the account."""
    subject = model.subject_field
    register(
        model,
        what=what,
        kept=kept,
        export=lambda member: [
            {subject: getattr(row, subject).slug, "language": row.language, "title": row.title}
            for row in model.objects.filter(author=member).select_related(subject).order_by("id")
        ],
    )


def entries():
    return list(_register.values())


def entry_of(label):
    """The entry of the model "app.Model" in any case, or None."""
    return next((entry for entry in entries() if entry.model._meta.label_lower == label.lower()), None)


def earliest(rows, field):
    """The earliest value of a field among these rows, for `oldest`."""
    return rows.aggregate(earliest=models.Min(field))["earliest"]


def days(number):
    """A number of days in words, as it stands in the middle of a sentence, in the reader's language.

    `number` may be a function, for what is a setting: it is read each time that the sentence is shown.
    """
    return lazy(_days, str)(number)


def _days(number):
    number = number() if callable(number) else number
    years, rest = divmod(number, DAYS_OF_A_YEAR)
    if years and not rest:
        return ngettext("%(number)d year", "%(number)d years", years) % {"number": years}
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


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


def expire_each():
    """Delete everything that has been kept long enough; yields an Expired for each entry that deletes anything at all.

    Each entry in a transaction of its own: one that fails stops none of the others.
    """
    for entry in entries():
        if entry.expire:
            yield _expire(entry)


def _expire(entry):
    done = Expired(entry)
    try:
        with transaction.atomic():
            done = replace(done, count=entry.expire())
        return replace(done, oldest=entry.oldest()) if entry.oldest else done
    except Exception as error:
        return Expired(entry, error=error)
