"""What changed between two wordings, word by word.

`difflib` takes quadratic time and worse, and anyone may ask for a comparison: longer texts are compared paragraph by
paragraph, and texts with very many paragraphs as a whole.
"""

import html
import re
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.html import strip_tags

MOST_WORDS = 1_500  # on either side
MOST_PARAGRAPHS = 400
END = "\n"  # of a paragraph

_BLOCK_END = re.compile(r"</(?:p|li|h[2-4]|pre|blockquote|tr|figcaption)>|<br>|<hr>")
_WORD = re.compile(r"\n|[^\S\n]*[^\s]+")
_PARAGRAPH = re.compile(r"[^\n]+|\n")


class Piece(NamedTuple):
    """A stretch of text: "same", "added" or "removed"."""

    kind: str
    text: str

    @property
    def gap(self) -> str:
        # The space before the first word is not marked.
        return self.text[: len(self.text) - len(self.words)]

    @property
    def words(self) -> str:
        return self.text.lstrip()


def plain_text(wording) -> str:
    """The text as readers see it, a paragraph or list item per line; items begin with "•"."""
    marked = _BLOCK_END.sub(END, wording.body_html.replace("\n", " ")).replace("<li>", "• ")
    lines = (" ".join(line.split()) for line in html.unescape(strip_tags(marked)).split(END))
    return END.join(line for line in lines if line not in ("", "•"))


def compare(old, new) -> list[list[Piece]]:
    """Paragraphs, each a list of Pieces; joined, "same" + "removed" is `old` and "same" + "added" is `new`."""
    return _paragraphs(_pieces(*_tokens(old, new)))


def _tokens(old, new):
    # Words where that is fast enough, else paragraphs, else the two texts as they are.
    for pattern, most in ((_WORD, MOST_WORDS), (_PARAGRAPH, MOST_PARAGRAPHS)):
        sides = pattern.findall(old), pattern.findall(new)
        if max(map(len, sides)) <= most:
            return sides
    return [old], [new]


def _pieces(old, new):
    for verb, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            yield Piece("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Piece("removed", "".join(old[i:j]))
        if k < n:
            yield Piece("added", "".join(new[k:n]))


def _paragraphs(pieces):
    # Broken at line ends, so that no mark reaches over the end of a paragraph.
    paragraphs = [[]]
    for kind, text in pieces:
        first, *others = text.split(END)
        paragraphs[-1].append(Piece(kind, first))
        paragraphs.extend([Piece(kind, line)] for line in others)
    cleaned = ([piece for piece in paragraph if piece.text] for paragraph in paragraphs)
    return [paragraph for paragraph in cleaned if paragraph]
