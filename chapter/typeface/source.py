"""Where the typeface lies: Source Sans Pro, from its package."""

from importlib.resources import files
from pathlib import Path

FILES = files("font_source_sans_pro") / "files"


def path(weight: str) -> Path:
    """The font of Regular, Semibold, Bold or Black, with all its letters."""
    return FILES / f"SourceSansPro-{weight}.ttf"


def licence() -> Path:
    return FILES / "LICENSE.txt"
