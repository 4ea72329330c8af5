"""Where code may live, and what may import what: the rules of docs/architecture.md, as tests."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# Each app may import those to its right.
APPS = ["otg_site", "blog", "facilitation", "microactions", "followers", "events", "principles", "chapter"]
# The modules of an app that may look into every room of it: addresses, registrations, jobs.
FACES = {"urls", "mails", "panels", "privacy", "tasks", "sign_in", "admin", "apps", "templatetags", "management"}
# In each app, a room or a module beside the rooms may import what is in the lines below its own.
ORDER = {
    "chapter": """
        websub
        transfer share_cards
        pages log editor
        accounts
        privacy
        pictures
        mail
        page_cache
        web
        panels forms audit looks
        models
        wordings
        foreign_texts
        text
        remarks
        fields search languages timezones renditions refusals
        prepared addresses server_log notices typeface charts slow_queries
    """,
    "events": """
        transfer
        series proposals pages questions
        planning
        rsvps door messaging photos sharing sisters
        calendars seasons access_needs reading tables
        audit slugs fields access listings letters
        models
    """,
    "microactions": """
        exporting
        wall
        check_ins
        makkers addresses
        origins
        pledges
        pairing moderation cheers letters
        models
        dates
    """,
    "followers": """
        announcing
        following bounces inviting
        models
    """,
    "facilitation": """
        live paper_card
        page
        drawing
        twenty_five one_three_nine sessions
        activities
        table
        board_lock
        models
    """,
    "blog": """
        transfer writing
        monthly
        summaries
        posts
        comments reading
        models
    """,
}
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
}


def _targets(name):
    """The modules that a module imports, with what it takes from each; imports inside functions count."""
    path = MODULES[name]
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*parts, *([node.module] if node.module else [])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield (full, None) if full in MODULES else (base, alias.name)


IMPORTS = {name: [found for found in _targets(name) if found[0] in MODULES] for name in MODULES}


def _is_room(name):
    return name.count(".") == 1 and MODULES[name].name == "__init__.py" and name.split(".")[1] not in FACES


def _unit(name):
    """The room of a module, or the module itself where it stands beside the rooms."""
    return ".".join(name.split(".")[:2])


def _is_face(name):
    parts = name.split(".")
    return len(parts) == 1 or parts[1] in FACES


@pytest.mark.parametrize("app", APPS)
def test_imports_go_one_way_between_apps(app):
    above = set(APPS[: APPS.index(app)])
    wrong = {
        f"{name} imports {target}"
        for name in MODULES
        if name.split(".")[0] == app
        for target, _ in IMPORTS[name]
        if target.split(".")[0] in above
    }
    assert wrong == set()


@pytest.mark.parametrize("app", ORDER)
def test_imports_go_down_between_the_rooms_of_an_app(app):
    lines = [line.split() for line in ORDER[app].strip().splitlines()]
    depth = {unit: number for number, line in enumerate(lines) for unit in line}
    shared = {unit for unit in depth if not _is_room(f"{app}.{unit}")}
    wrong = set()
    for name in MODULES:
        unit = _unit(name).partition(".")[2]
        if name.split(".")[0] != app or _is_face(name):
            continue
        for target, _ in IMPORTS[name]:
            other = _unit(target).partition(".")[2]
            if target.split(".")[0] != app or other in ("", unit):
                continue
            beside = depth.get(other) == depth.get(unit) and {unit, other} <= shared
            if depth.get(other, -1) <= depth.get(unit, 99) and not beside:
                wrong.add(f"{name} imports {target}")
    assert wrong == set()


def test_only_doors_and_models_are_imported_from_outside_a_room():
    wrong = set()
    for name in MODULES:
        if _is_face(name):
            continue
        for target, _ in IMPORTS[name]:
            if target.count(".") >= 2 and _is_room(_unit(target)) and _unit(target) != _unit(name):
                handed = {full for full, _ in IMPORTS[_unit(target)]}
                if target not in handed or _imports_past_the_door(name, target):
                    wrong.add(f"{name} imports {target}")
    assert wrong == set()


def _imports_past_the_door(name, target):
    """Whether names are taken out of a room's module, instead of the module from the door."""
    return any(full == target and taken for full, taken in IMPORTS[name])


def test_no_import_goes_in_a_circle():
    seen, path, circles = {}, [], []

    def walk(name):
        seen[name] = "open"
        path.append(name)
        for target in sorted({target for target, _ in IMPORTS[name]} - {name}):
            if seen.get(target) == "open":
                circles.append(" → ".join([*path[path.index(target) :], target]))
            elif target not in seen:
                walk(target)
        path.pop()
        seen[name] = "done"

    for name in sorted(MODULES):
        if name not in seen:
            walk(name)
    assert circles == []


def test_no_folder_holds_more_than_fourteen_modules():
    counts = defaultdict(int)
    for path in [*MODULES.values(), *(ROOT / "bench").rglob("*.py")]:
        if path.name != "__init__.py":
            counts[str(path.parent.relative_to(ROOT))] += 1
    assert {folder: count for folder, count in counts.items() if count > 14} == {}


def test_long_modules_say_why():
    lines = {name: path.read_text("utf-8").splitlines() for name, path in MODULES.items()}
    too_long = {name: len(text) for name, text in lines.items() if len(text) > 500}
    silent = {
        name: len(text)
        for name, text in lines.items()
        if len(text) > 300 and "Longer than 300 lines" not in (ast.get_docstring(ast.parse("\n".join(text))) or "")
    }
    assert (too_long, silent) == ({}, {})
