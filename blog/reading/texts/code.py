"""Where code stands in Markdown, so that nothing in it is taken for a mark."""

import re

FENCE = re.compile(r"^([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(`{3,}|~{3,})")
CODE = re.compile(
    r"^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<fence>`{3,}+(?![^\n]*`)|~{3,}+)[^\n]*(?:\n|\Z)"
    r"(?:(?:.*?\n)??[ \t>]*+(?P=fence)[`~]*[ \t]*$|.*\Z)"
    r"|(?<!`)(?P<ticks>`++)(?:[^`\n]++|\n(?![ \t]*\n)|(?!(?P=ticks)(?!`))`++){1,500}?(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
COMMENT = r"<!--.*?(?:-->|\Z)"


def outside_of_code(text: str, change) -> str:
    """The text with `change` applied to what is no code."""
    parts, done = [], 0
    for match in CODE.finditer(text):
        parts += [change(text[done : match.start()]), match[0]]
        done = match.end()
    return "".join([*parts, change(text[done:])])


def replaced(pattern: str, change, text: str) -> str:
    """`re.sub` of what begins outside of code; code within it goes along."""
    return re.sub(
        rf"(?P<is_code>{CODE.pattern})|{pattern}",
        lambda match: change(match) if match["is_code"] is None else match[0],
        text,
        flags=re.DOTALL | re.MULTILINE,
    )
