"""Texts of other systems: bytes as letters, HTML and plain text as our Markdown.

None of it asks the database or the network; what comes out is still typed text, rendered by our own renderer.
"""

from .addresses import RELATIVE, absolute
from .html import TooMuch, description_of, is_html, parsed, to_markdown, words, words_of_line
from .letters import MAC, OLD, UTF8, WINDOWS, Letters, decoded
from .media import shown_as_link
from .mojibake import mended
from .plain import escaped, from_plain


def as_markdown(text: str, *, base: str = "") -> str:
    """A description of which nobody says what it is written in. Raises TooMuch."""
    return to_markdown(text, base=base, keeps_lines=True)[0] if is_html(text) else from_plain(text)


__all__ = [
    "MAC",
    "OLD",
    "RELATIVE",
    "UTF8",
    "WINDOWS",
    "Letters",
    "TooMuch",
    "absolute",
    "as_markdown",
    "decoded",
    "description_of",
    "escaped",
    "from_plain",
    "is_html",
    "mended",
    "parsed",
    "shown_as_link",
    "to_markdown",
    "words",
    "words_of_line",
]
