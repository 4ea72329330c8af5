"""The papers name only files, links and commands that exist, and the index of decisions lists every decision."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
QUOTED = re.compile(r"`([\w.*-]+(?:/[\w.*-]+)*/?)`")
IN_DRAWINGS = re.compile(r"\bas ([\w./-]+\.py)$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?://)([^)#]+)")
CODE = re.compile(r"```\n(.*?)```|(?<!`)`([^`\n]+)`", re.DOTALL)
TARGET = re.compile(r"\bmake ([a-z][a-z-]+)")
SUFFIXES = {".py", ".md", ".po", ".yaml", ".toml", ".lock", ".js", ".css", ".html"}
# Made by running the site or the tests, and not in the repository.
MADE = {".venv", ".postgres", ".postgres/", "var/", "var/mail/"}
each_paper = pytest.mark.parametrize("paper", PAPERS, ids=[str(path.relative_to(ROOT)) for path in PAPERS])


def _paths(text):
    """What looks like a path: it has a slash, or the suffix of a file of ours."""
    named = set(QUOTED.findall(text)) - MADE
    return {name for name in named if "/" in name or Path(name).suffix in SUFFIXES} | set(IN_DRAWINGS.findall(text))


def _exists(name):
    """At the root; a single name, such as `actions.py`, may be anywhere."""
    if (ROOT / name).exists():
        return True
    folders = [path for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")]
    return "/" not in name.rstrip("/") and any(any(folder.rglob(name.rstrip("/"))) for folder in folders)


@each_paper
def test_every_path_that_a_paper_names_exists(paper):
    assert [name for name in sorted(_paths(paper.read_text("utf-8"))) if not _exists(name)] == []


@each_paper
def test_every_link_between_papers_leads_somewhere(paper):
    links = LINK.findall(paper.read_text("utf-8"))
    assert [link for link in links if not (paper.parent / link).exists()] == []


@each_paper
def test_every_command_that_a_paper_names_is_in_the_makefile(paper):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    code = [block or span for block, span in CODE.findall(paper.read_text("utf-8"))]
    assert set(TARGET.findall("\n".join(code))) - targets == set()


def test_the_index_lists_every_decision_by_its_title():
    index = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    rows = re.findall(r"^\| \[(\d{4})\]\((\S+)\) \| (.+?) \|", index, re.MULTILINE)
    found = [path for path in sorted((ROOT / "docs/decisions").glob("*.md")) if path.name != "README.md"]
    titles = [path.read_text("utf-8").partition("\n")[0] for path in found]
    assert [f"# {number}: {title}" for number, _, title in rows] == titles
    assert [name for _, name, _ in rows] == [path.name for path in found]
