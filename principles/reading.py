"""What the pages of the principles show: neighbours, two languages side by side, versions, poster texts."""

from typing import NamedTuple

from django.conf import settings
from django.utils.text import capfirst

from chapter import languages
from chapter.text import markdown

from .models import Principle, PrincipleWording

# How much fits on an A4 sheet at each size of type (static/css/components/poster.css), as `_weight` counts it.
POSTER_SIZES = (
    *((320, "poster--huge"), (520, "poster--large"), (740, ""), (900, "poster--long")),
    *((1080, "poster--longer"), (1330, "poster--small"), (1800, "poster--smaller"), (2300, "poster--smallest")),
)
LINE = 45  # characters that the rest of a paragraph's or list item's last line is worth
TITLE_LINE = 26  # characters of the title in a line; each line after the first takes TITLE_SHARE of the room
TITLE_SHARE = 0.12
LEAST_SHARE = 0.25


class Side(NamedTuple):
    """One language's half of a comparison; the wording may be missing."""

    language: str
    name: str
    wording: PrincipleWording | None


class PosterText(NamedTuple):
    """Safe HTML and the size of type that fits it; `is_cut` when only the first paragraphs found room."""

    html: str
    size: str
    is_cut: bool


def name_of(language) -> str:
    # Inside a sentence Norwegian and Swedish write it small.
    return capfirst(settings.LANGUAGE_NAMES[language])


def languages_of_all() -> list[str]:
    # All, where no language is complete: the page needs at least one address.
    return PrincipleWording.objects.languages_of_all() or languages.CODES


def with_neighbours(number) -> tuple[Principle | None, Principle | None, Principle | None]:
    """(previous, this, next) with wordings, None where there is none; two queries."""
    rows = {row.number: row for row in Principle.objects.with_wordings()}
    return rows.get(number - 1), rows.get(number), rows.get(number + 1)


def histories(versions, *, shown) -> list[tuple]:
    """(language, its name, number of versions, whether it is the shown one), in the site's order."""
    return [
        (code, name_of(code), versions[code], bool(shown) and code == shown.language)
        for code in languages.CODES
        if code in versions
    ]


def side_by_side(pair, *, number=None) -> list[tuple[Principle, list[Side]]]:
    """(principle, [left Side, right Side]) for one principle or all; two queries."""
    rows = Principle.objects.order_by("number")
    rows = rows.filter(number=number) if number else rows
    current = PrincipleWording.objects.current().filter(language__in=pair, principle__in=rows)
    found = {(wording.principle_id, wording.language): wording for wording in current}
    return [(row, [Side(code, name_of(code), found.get((row.pk, code))) for code in pair]) for row in rows]


def with_texts(principle, language, *versions) -> list[PrincipleWording]:
    found = {row.version: row for row in principle.wordings.filter(language=language, version__in=versions)}
    return [found[version] for version in versions]


def poster_text(wording) -> PosterText:
    """As many whole paragraphs as fit on an A4 sheet, in the largest type that takes them."""
    if wording is None:
        return PosterText("", "", is_cut=False)
    share = _share_of_text(wording.title)
    for most, size in POSTER_SIZES:
        if _weight(wording.body) <= most * share:
            return PosterText(wording.body_html, size, is_cut=False)
    return PosterText(markdown.to_html(_beginning(wording.body, int(most * share))), size, is_cut=True)


def _share_of_text(title):
    more_lines = max(0, len(title) - 1) // TITLE_LINE
    return max(LEAST_SHARE, 1 - TITLE_SHARE * more_lines)


def _weight(source):
    return sum(len(line) + LINE for line in source.split("\n") if line.strip())


def _beginning(source, most):
    first, *others = source.split("\n\n")
    if _weight(first) > most:  # not even the first paragraph fits: the words of it that do
        return first[: most // 2].rpartition(" ")[0] + " …"
    taken = [first]
    for paragraph in others:
        if _weight("\n\n".join([*taken, paragraph])) > most:
            break
        taken.append(paragraph)
    return "\n\n".join(taken)
