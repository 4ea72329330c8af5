"""Third parties: initials and names of people who were perhaps not asked, in what was written at the table.

A heuristic for the writer of a summary: it warns and refuses nothing. The lists of words are for Norwegian, Swedish and
English at once, since a table mixes them. `known_words.py` holds what is no person.
"""

import re
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chapter.models import Chapter
from facilitation.models import board_of
from principles.models import Principle

from .known_words import AFTER_A_PLACE, BEFORE_A_PERSON, EMPHASISED, OPENERS, SHORT_FORMS, WORDS
from .people import ticked
from .sections import FROM_THE_TABLE
from .words import unquoted

CAPITALS = "A-ZÆØÅÄÖÉ"
SMALL = "a-zæøåäöéüè"
NAME = rf"[{CAPITALS}][{SMALL}]+(?:-[{CAPITALS}][{SMALL}]+)*"
SHORT = rf"[{CAPITALS}]{{1,3}}"
EDGE, END = rf"(?<![\w.{CAPITALS}-])", r"(?![\w-])"
# Not after an initial: "J. M. knows".
SENTENCE_END = re.compile(rf"(?<=[.!?…])(?<!\W[{CAPITALS}]\.)(?<!^[{CAPITALS}]\.)\s+(?=[^{SMALL}\s])")
WORD = re.compile(r"\w+")

DOTTED = re.compile(rf"{EDGE}[{CAPITALS}]\.(?:\s?[{CAPITALS}]\.)+|{EDGE}[{CAPITALS}]\.[{CAPITALS}]{END}")
LABEL = re.compile(rf"(?:^|(?<=[.!?…;,(]\s)){SHORT}(?=:)")
JOINED = re.compile(rf"{EDGE}{SHORT}(?:(?:, ?| ?/ ?| (?:og|och|and|&|\+) ){SHORT})+{END}")
ALONE = re.compile(rf"{EDGE}[{CAPITALS}]{{2,3}}{END}")
CUES = "|".join(BEFORE_A_PERSON)
AFTER_A_CUE = re.compile(rf"\b(?i:{CUES})\s+({NAME}|{SHORT}){END}(?=(?:\s+(\w+))?)")
SEVERAL = re.compile(rf"{EDGE}{NAME}(?:\s+(?:[{CAPITALS}]\.\s?)?{NAME})+{END}")


class Mention(NamedTuple):
    """Words that look like a person, their sentence, and why they were noticed."""

    words: str
    sentence: str
    why: Promise

    @property
    def parts(self):
        return {word for word in WORD.findall(self.words) if word[0].isupper()}


INITIALS = _("Looks like someone’s initials.")
FULL_NAME = _("Looks like a person’s name.")


def in_post(post) -> list[Mention]:
    """Mentions from the table that still stand in a post's lead or text, in order, each sentence once."""
    known = public_names(post)
    composed = (line for key in FROM_THE_TABLE for line in post.composed.get(key, "").splitlines())
    noticed = {part for line in composed for mention in mentions(unquoted(line), known) for part in mention.parts}
    if not noticed:
        return []
    lines = [post.lead, *map(unquoted, post.body.splitlines())]
    standing = (mention for line in lines for mention in mentions(line, known) if mention.parts & noticed)
    return list(dict.fromkeys(standing))


def mentions(text, known=frozenset()) -> list[Mention]:
    """The mentions in a text, without those whose words are all `known`."""
    found = [mention for sentence in SENTENCE_END.split(text) for mention in _in_sentence(sentence.strip())]
    return [mention for mention in found if not mention.parts <= known]


def public_names(post) -> set[str]:
    """Words of names that may be told: authors, participants who ticked theirs, the venue, the chapter, principles."""
    names = [line.name for line in post.bylines.all()]
    principles = Principle.objects.with_wordings(post.language)
    names += [Chapter.load().name, *(row.wording.title for row in principles if row.wording)]
    if post.summary_of:
        names += _names_around(post.summary_of)
    return {word for name in names for word in WORD.findall(name)}


def _names_around(event):
    board = board_of(event)
    place = [event.venue.name, event.venue.city] if event.venue else []
    authors = event.origins.public().values_list("name", flat=True)
    return [*place, *authors, *event.wordings.values_list("title", flat=True), *(ticked(board) if board else ())]


def _in_sentence(sentence):
    # Of mentions that overlap the first counts, and of those that begin together the longest.
    spans = sorted([*_initials(sentence), *_names(sentence)], key=lambda span: (span[0], -span[1]))
    reached, found = 0, []
    for start, end, why in spans:
        if start >= reached:
            found.append(Mention(sentence[start:end], sentence, why))
            reached = end
    return found


def _initials(sentence):
    yield from ((*match.span(), INITIALS) for match in DOTTED.finditer(sentence))
    for pattern in (LABEL, JOINED, ALONE):
        for match in pattern.finditer(sentence):
            if set(re.findall(SHORT, match[0])) - SHORT_FORMS - EMPHASISED:
                yield (*match.span(), INITIALS)


def _names(sentence):
    for match in SEVERAL.finditer(sentence):
        first, *others = match[0].split()
        # "Ring Kari Nordmann": the first word only begins the sentence.
        start = match.start() + (len(first) + 1 if first.lower() in OPENERS else 0)
        if not WORDS & {first, *others} and (start == match.start() or len(others) > 1):
            yield start, match.end(), FULL_NAME
    for match in AFTER_A_CUE.finditer(sentence):
        if _is_person(match[1], follower=match[2]):
            yield (*match.span(1), INITIALS if match[1].isupper() else FULL_NAME)


def _is_person(word, *, follower):
    # "Eksempelby kommune" is an office.
    is_place = bool(follower) and follower.lower() in AFTER_A_PLACE
    return not is_place and word not in WORDS | SHORT_FORMS | EMPHASISED
