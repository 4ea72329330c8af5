"""The XML of an export: read as it is, or mended and read, with a line for each thing that was mended.

No entity is ever defined, nothing is fetched. What no export has, such as entities of its own, is refused.
"""

import re
from html import entities
from io import BytesIO

from lxml import etree

from chapter.fields import LONE_SURROGATES
from chapter.foreign_texts import OLD, decoded
from chapter.refusals import Refused
from chapter.remarks import remark as _
from chapter.remarks import remark_of_number as ngettext

from . import data_pictures

MAX_BYTES = 50 * 1024 * 1024
# Mending holds several copies of the whole in memory.
MAX_MENDED = 25 * 1024 * 1024
MAX_ITEMS = 20_000
# Of what is mended one by one; a file with more is made to do harm.
MAX_MENDS = 100_000
# Where the first element has to begin; a server's warnings may stand before it.
PROLOG = 20_000
SAFE = {"resolve_entities": False, "load_dtd": False, "no_network": True, "dtd_validation": False, "huge_tree": False}
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]|[fF]{3}[ef])|0*(?:[0-8]|1[124-9]|2\\d|3[01]));"
)
# Character data and comments are passed over: an & in them is one.
AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)(?P<entity>[A-Za-z]\w{1,31};)?",
    re.DOTALL,
)
DECLARED = re.compile(r"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]{1,40})[^>]*\?>\s*|\A\s*<\?xml[^>]*\?>\s*")
ROOT = re.compile(r"<\?xml|<rss\b|<!DOCTYPE rss")


# Where one begins; in character data and comments none does.
ROOTS = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|(?P<root>(?:<\?xml[^<>]{0,300}>\s{0,100})?<rss[\s>])", re.DOTALL
)


class NotAnExport(Refused):
    """The file is no WXR; the text says what is wrong, in English."""


class NotRss(NotAnExport):
    """Something else stands first."""


class Read:
    """`channel` and `items` are dicts of texts by element name; `notes` says what was mended."""

    def __init__(self):
        self.channel, self.items, self.notes = {"authors": []}, [], []
        # Those that stand in the texts themselves, by the addresses that these have for them now.
        self.pictures = {}
        # The file ends within its last item.
        self.breaks_off = False
        self.empty = 0


def read(content: bytes) -> list[Read]:
    """What is in a file, mostly one export. Raises NotAnExport."""
    if len(content) > MAX_BYTES:
        raise NotAnExport(_("the file is larger than {number} MB", number=MAX_BYTES // 1024 // 1024))
    if re.search(rb"<!ENTITY", content[:PROLOG].replace(b"\x00", b"")):
        raise NotAnExport(_("it defines entities of its own, which an export never does"))
    if reason := _what_else(content):
        raise NotAnExport(reason)
    # Before it is parsed, since no parser takes a text of 10 MB.
    letters, pictures = data_pictures.taken_out(content.decode("latin-1"))
    content = letters.encode("latin-1") if pictures else content
    found = [Read()]
    try:
        _parse(content, found[0])
    except (etree.XMLSyntaxError, NotRss) as error:
        if len(content) > MAX_MENDED:
            raise NotAnExport(_("it isn’t well-formed XML: {error}", error=str(error))) from error
        found = _read_mended(content)
    for one in found:
        one.pictures = pictures
        if one.empty:
            one.notes.append(
                ngettext("one item of the file is empty", "{number} items of the file are empty", one.empty)
            )
    return found


def _what_else(content):
    """What a file is that cannot be an export."""
    content = content.replace(b"\x00", b"")
    begins = content[:PROLOG].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"<feed" in begins and b"<rss" not in begins:
        return _("it’s a feed (Atom), as Blogger exports it: import it into WordPress and bring in its export")
    if b"<rss" in content:
        return ""
    if begins.startswith((b"{", b"[")):
        return _("it’s JSON, as Ghost exports it: turn it into Markdown files or a WordPress export first")
    return _("it is neither an export of a blog (XML) nor Markdown nor a ZIP file")


def _parse(content, found, *, recover=False):
    # Each element is cleared once it is read, to keep memory flat.
    events = etree.iterparse(BytesIO(content), events=("start", "end"), recover=recover, **SAFE)
    is_first = True
    for event, element in events:
        if not isinstance(element.tag, str):
            continue
        if is_first and name_of(element) != "rss":
            raise NotRss(_("its first element isn’t <rss>"))
        is_first = False
        if event == "end":
            _take(element, found)
    if is_first:
        raise NotAnExport(_("there is nothing in it"))
    return events


def _take(element, found):
    name = name_of(element)
    if name == "item":
        # Squarespace leaves such for what it does not export.
        if len(element):
            found.items.append(_fields(element))
        else:
            found.empty += 1
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    elif name == "author" and len(element):
        found.channel["authors"].append(_fields(element))
    elif (
        name in {"base_blog_url", "link", "generator", "wxr_version"} and not found.items and _is_of_channel(element)
    ):
        found.channel.setdefault(name, (element.text or "").strip())
    if len(found.items) > MAX_ITEMS:
        raise NotAnExport(_("it has more than {number} items", number=MAX_ITEMS))


def _is_of_channel(element):
    parent = element.getparent()
    return parent is not None and name_of(parent) == "channel"


def name_of(element):
    # Without its namespace, declared or not; only that tells the excerpt's `encoded` from the text's.
    space, _, name = element.tag.replace("}", ":").rpartition(":")
    return "excerpt" if name == "encoded" and "excerpt" in space else name


def _fields(element):
    # Texts by element name; the postmeta pairs become one dict, of comments the number is kept.
    found = {"meta": {}, "comments": 0, "terms": []}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = name_of(child)
        if name == "postmeta":
            pair = {name_of(part): part.text or "" for part in child if isinstance(part.tag, str)}
            found["meta"][pair.get("meta_key", "")] = pair.get("meta_value", "")
        elif name == "enclosure":
            found["meta"].setdefault("enclosure", child.get("url") or "")
        elif name == "category":
            found["terms"].append((child.get("domain") or "", child.get("nicename") or ""))
        elif name == "comment":
            found["comments"] += 1
        elif name != "comments":
            found.setdefault(name, child.text or "")
    return found


# Mending


def _read_mended(content):
    note, text = _text(content)
    begins = [match.start() for match in ROOTS.finditer(text) if match["root"]][1:]
    texts = [text[begin:end] for begin, end in zip([0, *begins], [*begins, len(text)], strict=True)]
    found = [_mended(one, [note] if note else []) for one in texts]
    if begins:
        found[0].notes.append(_("the file has {number} exports, one after the other", number=len(found)))
    return found


def _mended(text, notes):
    found = Read()
    text = _without_what_stands_before(text, notes)
    text, number = FORBIDDEN.subn("", text)
    if number:
        notes.append(_("characters that aren’t allowed in XML were removed ({number})", number=number))
    text = _with_whole_ampersands(text, notes)
    breaks_off = not re.search(r"</rss>\s*(?:<!--.*?-->\s*)*\Z", text[-5000:], re.DOTALL)
    content = LONE_SURROGATES.sub("", text).encode()
    try:
        _parse(content, found)
    except etree.XMLSyntaxError as error:
        found = Read()
        _recover(content, found, error)
        notes.append(
            _("it ends too early")
            if breaks_off
            else _("it wasn’t well-formed XML ({error}) and was repaired", error=_said(error))
        )
    found.breaks_off = breaks_off and text.rfind("<item") > text.rfind("</item>")
    found.notes = [_("the file was repaired: {what}", what=note) for note in notes]
    return found


def _recover(content, found, error):
    try:
        _parse(content, found, recover=True)
    except etree.XMLSyntaxError as worse:
        raise NotAnExport(_("it isn’t well-formed XML: {error}", error=_said(error))) from worse
    if not found.items and not found.channel.get("link"):
        raise NotAnExport(_("it isn’t well-formed XML: {error}", error=_said(error)))


def _said(error):
    return str(error).split(", line ")[0] + (f", line {error.lineno}" if error.lineno else "")


def _text(content):
    """(a note on its letters, the text without the declaration)"""
    letters = decoded(content, old=OLD)
    declared = DECLARED.match(letters.text)
    codec = ((declared and declared[1]) or "").lower()
    if letters.name == "UTF-8" or codec in {"", "utf-8", "utf8", "us-ascii"}:
        return letters.note, DECLARED.sub("", letters.text)
    try:
        return "", DECLARED.sub("", letters.text if letters.name.startswith("UTF") else content.decode(codec))
    except (LookupError, UnicodeDecodeError):
        return letters.note, DECLARED.sub("", letters.text)


def _without_what_stands_before(text, notes):
    begin = ROOT.search(text[:PROLOG])
    before = text[: begin.start()] if begin else ""
    if before.strip():
        notes.append(_("there was something before the XML ({number} characters)", number=len(before)))
    elif before:
        notes.append(_("there was an empty line before the XML"))
    return DECLARED.sub("", text[begin.start() :] if begin else text)


def _with_whole_ampersands(text, notes):
    bare, named = 0, 0

    def mend(match):
        nonlocal bare, named
        if match[0][0] != "&":
            return match[0]
        letter = entities.html5.get(match["entity"] or "")
        if letter and match["entity"] not in {"amp;", "lt;", "gt;"}:
            named += 1
            return letter
        bare += 1
        if bare > MAX_MENDS:
            raise NotAnExport(_("it isn’t well-formed XML: there are too many lone &"))
        return f"&amp;{match[0][1:]}"

    text = AMPERSAND.sub(mend, text)
    if bare:
        notes.append(_("an & stood alone ({number} times)", number=bare))
    if named:
        notes.append(_("letters were written as in HTML ({number} times)", number=named))
    return text
