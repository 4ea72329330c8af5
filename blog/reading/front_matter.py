"""The head of a post's file: YAML between hyphens, TOML between plus signs, JSON, Pelican's lines, or Nikola's.

Nothing is evaluated and no value is guessed at: `No`, `12:30` and `2020-01-02` are texts, and what they mean is judged by
who asks for them. A head that Jekyll would refuse for a colon in its title is mended, and the note says so.
"""

import json
import re
import tomllib
from datetime import date, time
from typing import NamedTuple

import yaml

from chapter.refusals import Refused
from chapter.remarks import remark as _
from chapter.transfer import documents

# What we write ourselves of a summary's composed texts is the longest there is.
MAX_HEAD = 300_000
MAX_VALUES = 2_000
MAX_DEPTH = 12
YAML_HEAD = re.compile(
    r"---[ \t]*(?P<kind>json|toml|yaml)?[ \t]*\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
TOML_HEAD = re.compile(r"\+\+\+[ \t]*\n(?P<head>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
JSON_HEAD = re.compile(r";;;[ \t]*\n(?P<head>.*?)^;;;[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
NIKOLA_HEAD = re.compile(r"(?:<!--[ \t]*\n)?(?P<head>(?:\.\.[ \t]+[\w-]+:.*\n)+)(?:[ \t]*\n)*(?:-->[ \t]*\n)?")
# Whoever put a licence or a space above it meant it all the same.
BEFORE = re.compile(r"\A\s*(?:%YAML[^\n]*\n\s*|<!--(?:(?!-->).){0,5000}-->\s*)*(?=---|\+\+\+|;;;)|\A\n+", re.DOTALL)
# Eleventy allows JavaScript there.
PROGRAM = re.compile(r"---[ \t]*(?!(?:json|toml|yaml)\b)[A-Za-z]+[ \t]*\n.*?^---", re.DOTALL | re.MULTILINE)
KNOWN = "layout|template|published|draft|private|keywords|url|save_as|id|title|date|author|authors|slug|status|category|tags|summary|lang|language|modified|subtitle|description"
PELICAN_HEAD = re.compile(
    rf"(?=(?:{KNOWN})[ \t]*:)(?P<head>(?:[A-Za-z][\w -]*:.*\n|[ \t]+\S.*\n)+)(?:(?:---)?[ \t]*\n|\Z)", re.IGNORECASE
)
LINE = re.compile(r"(?P<key>[A-Za-z][\w -]*?)[ \t]*:(?P<value>.*)")
# A value that YAML takes for something else, on a line by itself.
LOOSE = re.compile(
    r"(?m)^(?P<key>[A-Za-z_][\w -]*):[ \t]+(?P<value>(?![\"'\[{|>&!]).*(?::[ \t]|:$|[ \t]#).*|[@`%*&!?,\]}].*)$"
)
# `"A" and B` begins like a quoted value, and is none.
MORE_THAN_QUOTED = re.compile(r'(?m)^(?P<key>[A-Za-z_][\w -]*):[ \t]+(?P<value>"[^"\n]*"[ \t]+[^\s#].*[^"\s])[ \t]*$')
QUOTES_IN_QUOTES = re.compile(r'(?m)^(?P<key>[A-Za-z_][\w -]*):[ \t]+"(?P<value>.*[^\\\n]".*)"[ \t]*$')


YES = {"yes", "true", "1", "on", "y", "t", "ja"}
NO = {"no", "false", "0", "off", "n", "f", "nei", "nej", "never", "none"}


class BadHead(Refused):
    """The head of a file cannot be read; the text says why."""


class Head(NamedTuple):
    """The pairs in order, a key perhaps more than once, and the text below.

    Keys are lower case with underscores; a value is a text, a list or dict of such, a number, a bool or a date.
    """

    pairs: list[tuple[str, object]]
    body: str
    notes: list[str]

    def get(self, *names, default=None):
        """The first value that is there, by the order of the names."""
        return next(
            (value for name in names for key, value in self.pairs if key == name and value not in (None, "", [], {})),
            default,
        )

    def all(self, *names):
        return [value for key, value in self.pairs if key in names and value not in (None, "")]

    def text(self, *names) -> str:
        return as_text(self.get(*names))


def as_text(value) -> str:
    """One text of whatever stands there; the first of a list."""
    if isinstance(value, list):
        return next(filter(None, map(as_text, value)), "")
    if value is None or isinstance(value, dict):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def read(text: str) -> Head:
    """The head and body of a file; without a head there are no pairs. Raises BadHead."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    begun = BEFORE.sub("", text)
    if PROGRAM.match(begun):
        raise BadHead(_("the lines at the top are a program, and we don’t run it"))
    for opening, pattern, reader in KINDS:
        if opening.match(begun):
            match = pattern.match(begun)
            if match is None:
                raise BadHead(_("the lines at the top have no end: a line like the first one is missing"))
            if len(match["head"]) > MAX_HEAD:
                raise BadHead(_("the lines at the top are longer than {number} kB", number=MAX_HEAD // 1000))
            pairs, notes = reader(match)
            return Head([(as_key(key), value) for key, value in pairs], begun[match.end() :], notes)
    if begun.startswith("{"):
        return _json_head(begun) or Head([], text, [])
    return Head([], text, [])


def as_key(key):
    return re.sub(r"[\s-]+", "_", str(key).strip().lower())


# YAML


class _Loader(
    yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser, yaml.composer.Composer, yaml.resolver.Resolver
):
    """Up to the nodes: no tag is followed, nothing is made of it but texts."""

    def __init__(self, text):
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)
        yaml.composer.Composer.__init__(self)
        yaml.resolver.Resolver.__init__(self)
        self.values = self.depth = 0

    def compose_node(self, parent, index):
        # One value that is named a thousand times would be a thousand values.
        if self.check_event(yaml.AliasEvent):
            raise BadHead(_("one value refers to another (*), which isn’t needed here"))
        self.values += 1
        self.depth += 1
        if self.values > MAX_VALUES or self.depth > MAX_DEPTH:
            raise BadHead(_("it has more values at the top than a post needs"))
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _yaml_head(match):
    if match["kind"] == "json":
        return _from_json(match["head"]), []
    if match["kind"] == "toml":
        return _from_toml(match["head"]), []
    try:
        return _from_yaml(match["head"]), []
    except yaml.YAMLError as error:
        return _mended(match["head"], error)


def values(text: str) -> dict:
    """A file of YAML or JSON by itself, as what a post's head refers to. Raises BadHead and YAMLError."""
    return {as_key(key): value for key, value in _from_yaml(text)}


def _from_yaml(text):
    # YAML refuses them wherever they stand.
    loader = _Loader(re.sub(r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text))
    node = loader.get_single_node()
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        raise BadHead(_("the lines at the top aren’t “key: value”"))
    return [(_value(key) if isinstance(key, yaml.ScalarNode) else "", _value(value)) for key, value in node.value]


def _value(node):
    if isinstance(node, yaml.SequenceNode):
        return [_value(one) for one in node.value]
    if isinstance(node, yaml.MappingNode):
        return {as_key(_value(key)): _value(value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    is_nothing = node.style is None and node.tag == "tag:yaml.org,2002:null"
    return None if is_nothing else node.value


def _mended(text, error):
    notes = [_("the lines at the top weren’t YAML and were repaired: check the title")]
    quoted = QUOTES_IN_QUOTES.sub(_quoted, MORE_THAN_QUOTED.sub(_quoted, LOOSE.sub(_quoted, text.expandtabs(2))))
    try:
        return _from_yaml(quoted), notes
    except yaml.YAMLError:
        pass
    try:
        return documents.read(f"---\n{text}---\n").pairs, notes
    except documents.BadDocument as worse:
        mark = getattr(error, "problem_mark", None)
        said = str(getattr(error, "problem", None) or error)
        raise BadHead(
            _("the lines at the top aren’t YAML (line {line}): {error}", line=mark.line + 2, error=said)
            if mark
            else _("the lines at the top aren’t YAML: {error}", error=said)
        ) from worse


def _quoted(match):
    return f"{match['key']}: {json.dumps(match['value'].strip(), ensure_ascii=False)}"


# TOML, JSON


def _toml_head(match):
    return _from_toml(match["head"]), []


def _from_toml(text):
    try:
        return list(_lower(tomllib.loads(text)).items())
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise BadHead(_("the lines at the top aren’t TOML: {error}", error=str(error))) from error


def _from_json(text):
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadHead(_("the lines at the top aren’t JSON: {error}", error=str(error))) from error
    if not isinstance(found, dict):
        raise BadHead(_("the lines at the top aren’t “key: value”"))
    return list(_lower(found).items())


def _json_head(text):
    # Hugo's: the object stands at the beginning, and the text follows it. A text may begin with a bracket, too.
    try:
        found, end = json.JSONDecoder().raw_decode(text[:MAX_HEAD])
    except (ValueError, RecursionError):
        return None
    is_head = isinstance(found, dict) and len(found) > 0
    return Head(list(_lower(found).items()), text[end:].lstrip("\n"), []) if is_head else None


def _lower(value, depth=0):
    if depth > MAX_DEPTH:
        raise BadHead(_("it has more values at the top than a post needs"))
    if isinstance(value, dict):
        return {as_key(key): _lower(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_lower(one, depth + 1) for one in value]
    if value is None or isinstance(value, bool | int | float | date):
        return value
    return value.isoformat() if isinstance(value, time) else str(value)


# Lines


def _pelican_head(match):
    pairs = []
    for line in match["head"].split("\n"):
        found = LINE.match(line)
        if found:
            pairs.append([found["key"], found["value"].strip()])
        elif line.strip() and pairs:
            pairs[-1][1] = f"{pairs[-1][1]} {line.strip()}".strip()
    return [tuple(pair) for pair in pairs], []


def _nikola_head(match):
    lines = (line.removeprefix("..").strip().partition(":") for line in match["head"].split("\n") if line.strip())
    return [(key, value.strip()) for key, _, value in lines], []


KINDS = [
    (re.compile(r"---[ \t]*(?:json|toml|yaml)?[ \t]*\n"), YAML_HEAD, _yaml_head),
    (re.compile(r"\+\+\+[ \t]*\n"), TOML_HEAD, _toml_head),
    (re.compile(r";;;[ \t]*\n"), JSON_HEAD, lambda match: (_from_json(match["head"]), [])),
    (NIKOLA_HEAD, NIKOLA_HEAD, _nikola_head),
    (PELICAN_HEAD, PELICAN_HEAD, _pelican_head),
]
