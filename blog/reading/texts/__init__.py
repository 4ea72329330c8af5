"""The Markdown and HTML of other programs, as our Markdown and notes of what a reader misses.

`settling` leads; `templates` are the marks of generators, `dialects` those of Markdown's many kinds, `references` links
whose address stands elsewhere, `code` where none of it is looked for.
"""

from .code import replaced
from .references import LABEL
from .settling import from_html, settled, words_of

__all__ = ["LABEL", "from_html", "replaced", "settled", "words_of"]
