"""Reads the demo's texts: TOML, and Markdown with TOML between two lines of +++."""

import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"


def toml(name):
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())


def posts():
    """Each post's front matter with its `body`; originals before their translations."""
    found = [_post(path.read_text()) for path in sorted((FOLDER / "posts").glob("*.md"))]
    return sorted(found, key=lambda post: "translation_of" in post)


def _post(source):
    _, front, body = source.split("+++\n", 2)
    return {**tomllib.loads(front), "body": body.strip()}
