"""The register of personal data: what each app keeps about people, how it is exported, erased and expired.

Each app registers its models in its `privacy.py`:

    register(Rsvp, export=lambda member: […], erase=release_rsvps, expire=forget_guests, kept=_("…"))

My page exports and erases through it, the nightly job expires through it, and the privacy page prints it; a test fails if
a model that holds a person is missing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import models, transaction
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Basis(models.TextChoices):
    """Why we may keep something: what it is for, and where the law allows it. The privacy page is ordered by it."""

    ASKED = "b", _("To do what you ask of us (GDPR Article 6(1)(b))")
    AGREED = "a", _("Because you agreed to it, until you change your mind (Article 6(1)(a))")
    HEALTH = "9", _("Because you expressly agreed: it may concern health (Articles 6(1)(a), 9(2)(a))")
    INTEREST = "f", _("For a site and meetups that work, our legitimate interest; you may object (Article 6(1)(f))")


DAYS_OF_A_YEAR = 365
AS_LONG_AS_THE_ACCOUNT = _("Until you delete your account.")
HOSTS = _("Which events you host, and what you changed in the admin.")
WROTE_A_TEXT = _("That you wrote a text or a message as host, or uploaded a picture.")
TEXT_STAYS = _("Until you delete your account; it then stays without your name.")
_register = {}


@dataclass(frozen=True)
class PersonalData:
    """What one model keeps about people.

    export(member): JSON-ready dicts of everything about that member. erase(member, keep_texts=bool): deletes or anonymises
    it; with `keep_texts` public texts may stay without the name. expire(): deletes what is too old and returns how many;
    it must be safe in a dry run, so it writes to the database alone and leaves files and other servers to on_commit.
    oldest(): datetime of the oldest row that will expire, or None.
    """

    model: type
    basis: Basis
    what: str
    kept: str
    export: Callable
    erase: Callable | None = None
    expire: Callable | None = None
    oldest: Callable | None = None
    name: str = ""

    @property
    def label(self):
        # `name` replaces a table's own name that says nothing to a reader.
        return capfirst(self.name or self.model._meta.verbose_name_plural)


@dataclass(frozen=True)
class Expired:
    """Result of expiring one entry; `count` is None if it failed."""

    entry: PersonalData
    count: int | None = None
    oldest: datetime | None = None
    error: Exception | None = None


def register(model, *, basis, what, kept, export, erase=None, expire=None, oldest=None, name="", part="") -> None:
    """Say it of a model, or of a `part` of it that is kept for another reason than the rest."""
    _register[f"{model._meta.label}.{part}" if part else model._meta.label] = PersonalData(
        model, basis, what, kept, export, erase, expire, oldest, name
    )


def hosting_of(model) -> None:
    """Register a model with `slug` and `hosts`: erasing a member takes them off the hosts."""
    register(
        model,
        basis=Basis.INTEREST,
        what=HOSTS,
        kept=AS_LONG_AS_THE_ACCOUNT,
        export=lambda member: [
            {model._meta.model_name: row.slug} for row in model.objects.filter(hosts=member).order_by("id")
        ],
        erase=lambda member, *, keep_texts: model.hosts.through.objects.filter(member=member).delete(),
    )


def authorship_of(model) -> None:
    """Register a Wording of something with a slug. No `erase`: the database forgets the author with the account."""
    subject = model.subject_field
    register(
        model,
        basis=Basis.INTEREST,
        what=WROTE_A_TEXT,
        kept=TEXT_STAYS,
        export=lambda member: [
            {subject: getattr(row, subject).slug, "language": row.language, "title": row.title}
            for row in model.objects.filter(author=member).select_related(subject).order_by("id")
        ],
    )


def entries() -> list[PersonalData]:
    return list(_register.values())


def by_basis() -> list[tuple[str, list[tuple[str, str]]]]:
    """(what for, [(what, for how long)]) as a reader sees the register: entries that say the same are one line."""
    found = {
        basis: dict.fromkeys((str(e.what), str(e.kept)) for e in entries() if e.basis == basis) for basis in Basis
    }
    return [(basis.label, list(lines)) for basis, lines in found.items()]


def entry_of(label: str) -> PersonalData | None:
    return next((entry for entry in entries() if entry.model._meta.label_lower == label.lower()), None)


def earliest(rows, field: str) -> datetime | None:
    return rows.aggregate(earliest=models.Min(field))["earliest"]


def days(number):
    """A lazy text such as "30 days", for the middle of a sentence. A callable `number` is read each time it is shown."""
    return lazy(_days, str)(number)


def _days(number):
    number = number() if callable(number) else number
    years, rest = divmod(number, DAYS_OF_A_YEAR)
    if years and not rest:
        return ngettext("%(number)d year", "%(number)d years", years) % {"number": years}
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


def export(member) -> dict[str, list]:
    return {label: list(entry.export(member)) for label, entry in sorted(_register.items())}


@transaction.atomic
def erase(member, *, keep_texts: bool) -> None:
    """Erase a member in one transaction; the account goes last."""
    for entry in entries():
        if entry.erase:
            entry.erase(member, keep_texts=keep_texts)
    member.delete()


def expire_each() -> Iterator[Expired]:
    """Expire every entry, each in its own transaction, so that a failure stops no other; yields an Expired each."""
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
