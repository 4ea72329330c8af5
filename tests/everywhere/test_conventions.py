"""The house's rules, as tests."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from facilitation.activities import kinds

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ["otg_site", "blog", "facilitation", "microactions", "followers", "events", "principles", "chapter"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CODE = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*(?:\ssrc=|json))", re.IGNORECASE)
SOURCES = "\n".join(path.read_text("utf-8") for path in [*CODE, *TEMPLATES])


def test_no_template_has_inline_style_or_script():
    pages = [path for path in TEMPLATES if "mail" not in path.parts]
    assert [str(path.relative_to(ROOT)) for path in pages if INLINE.search(path.read_text("utf-8"))] == []


def test_every_partial_is_used():
    partials = [path for path in TEMPLATES if path.name.startswith("_")]
    # Those of an activity's parts are found by the folder of its kind.
    parts = {kind.template(part) for kind in kinds() for part in ("stage", "lists", "mine", "lead", "screen", "say")}
    parts |= {kind.template("result") for kind in kinds()}
    names = {path: str(path.relative_to(ROOT / "templates")) for path in partials}
    unused = [path for path in partials if names[path] not in parts and names[path] not in SOURCES]
    assert [str(path.relative_to(ROOT)) for path in unused] == []


def test_templates_stay_readable():
    assert [path.name for path in TEMPLATES if len(path.read_text("utf-8").splitlines()) > 110] == []


def test_no_function_is_over_fifty_lines():
    functions = (
        (path.name, node.name, node.end_lineno - node.lineno)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert [found for found in functions if found[2] > 50] == []


def test_no_app_uses_signals():
    assert [path.name for path in CODE if "django.dispatch" in path.read_text("utf-8")] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("language", ["nb", "sv"])
def test_every_text_is_translated(language):
    entries = (ROOT / f"locale/{language}/LC_MESSAGES/django.po").read_text("utf-8").split("\n\n")[1:]
    unfinished = [entry for entry in entries if "#, fuzzy" in entry or re.search(r'msgstr(?:\[\d\])? ""\n?$', entry)]
    assert unfinished == []


def test_lock_files_name_no_registry():
    locks = [ROOT / "requirements.lock", ROOT / "tests" / "requirements.lock"]
    assert [path.name for path in locks if "http" in path.read_text("utf-8")] == []


def test_makemessages_reads_every_template_that_has_text_to_translate():
    files = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    unread = [
        path for path in files if path.suffix not in (".html", ".txt") and "{% translate" in path.read_text("utf-8")
    ]
    assert [str(path.relative_to(ROOT)) for path in unread] == []
