"""Sentences of reports, said in English by a command and in the reader's language on the site.

A reader of files imports `remark as _`, so that the sentences are found for the catalogues:

    raise Refused(_("it is longer than {number} characters", number=400))
"""

from collections.abc import Callable, Iterable
from typing import Self

from django.conf import settings
from django.utils import translation


class Remark(str):
    """What a command says, with the same in each language of the site."""

    versions: dict[str, str]

    def __new__(cls, versions: dict[str, str], *, typed: str | None = None) -> Self:
        """`typed` is for a command where that has more to say, such as the name of an option."""
        made = super().__new__(cls, versions["en"] if typed is None else typed)
        made.versions = versions
        return made

    def __str__(self):
        # So that an exception that carries a remark gives it back whole.
        return self

    def mapped(self, change: Callable[[str], str]) -> "Remark":
        plain = "".join([self])
        return Remark({code: change(text) for code, text in self.versions.items()}, typed=change(plain))


def remark(sentence: str, *, option: str = "", **values) -> Remark:
    """`option` follows in a command alone."""
    return _remark(lambda: translation.gettext(sentence), values, option)


def remark_of_number(sentence: str, plural: str, number: int, *, option: str = "", **values) -> Remark:
    return _remark(lambda: translation.ngettext(sentence, plural, number), {"number": number, **values}, option)


def _remark(say, values, option):
    versions = in_each_language(lambda: say().format(**{name: _now(value) for name, value in values.items()}))
    # What a value says to a command is said by a command here, too.
    with translation.override("en"):
        typed = say().format(**values)
    return Remark(versions, typed=typed + option)


def in_each_language(say: Callable[[], str]) -> dict[str, str]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = say()
    return found


def about(name: str, said: str) -> str:
    """With what it is about before it."""
    return said.mapped(lambda one: f"{name}: {one}") if isinstance(said, Remark) else f"{name}: {said}"


def joined(said: Iterable[str], separator: str = "; ") -> Remark:
    said = list(said)
    return Remark(in_each_language(lambda: separator.join(map(_now, said))), typed=separator.join(said))


def _now(value):
    return value.versions[translation.get_language()] if isinstance(value, Remark) else value
