"""What holds in every style sheet."""

import re
from pathlib import Path

CSS = Path(__file__).resolve().parent.parent.parent / "static/css"
SHEETS = {path.relative_to(CSS).as_posix(): path.read_text("utf-8") for path in sorted(CSS.rglob("*.css"))}


def _rules(css):
    """Each rule that declares something, as (what it stands in, its selector, its declarations)."""
    around, text = [], ""
    for letter in re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL):
        if letter == "{":
            around.append(text.rpartition(";")[2].strip())
            text = ""
        elif letter == "}":
            yield tuple(around[:-1]), around.pop(), text.strip()
            text = ""
        else:
            text += letter


def test_every_value_that_is_used_is_declared():
    declared = {name for css in SHEETS.values() for name in re.findall(r"(--[\w-]+)\s*:", css)}
    used = {(sheet, name) for sheet, css in SHEETS.items() for name in re.findall(r"var\((--[\w-]+)\)", css)}
    assert {(sheet, name) for sheet, name in used if name not in declared} == set()


def test_what_hovering_paints_is_for_those_who_can_hover():
    # A tap on a phone leaves :hover behind, and the button in the colours of a pressed one.
    painted = {
        (sheet, selector)
        for sheet, css in SHEETS.items()
        for around, selector, declared in _rules(css)
        if ":hover" in selector and re.search(r"(?<![\w-])(background|border-color|color)\s*:", declared)
        if "@media (hover: hover)" not in around
    }
    assert painted == set()
