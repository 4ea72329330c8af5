"""What WordPress keeps between square brackets, or as a block without a text: made HTML where it can be, else noted."""

import json
import re
from html import escape, unescape
from urllib.parse import unquote

from chapter.foreign_texts import absolute
from chapter.remarks import remark as _

from .texts import players

CODE = re.compile(r"(<(pre|code|script|style)\b.*?(?:</\2>|\Z))", re.DOTALL | re.IGNORECASE)
ESCAPED = re.compile(r"\[(\[[^\[\]]{1,500}\])\]")
CAPTION = re.compile(r"\[caption([^\[\]]*)\]((?:(?!\[caption).)*?)\[/caption\]", re.DOTALL)
# What plugins for code write; a text between <pre> is code already.
CODE_TAG = re.compile(
    r"<pre\b.*?(?:</pre>|\Z)|(?<!\[)\[(code|sourcecode|crayon|highlight|bash|css|javascript|js|json|php|python|ruby|sql|xml|yaml)"
    r"(?:\s[^\[\]]{0,500})?\]((?:(?!\[\1[\s\]]).)*?)\[/\1\]",
    re.DOTALL | re.IGNORECASE,
)
EMBED = re.compile(r"\[embed[^\[\]]*\]\s*([^\s\[]+)\s*\[/embed\]")
PICTURE = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.DOTALL)
ONE = re.compile(r"\[(?P<end>/?)(?P<name>[A-Za-z][\w-]{0,60})(?P<said>(?:[\s=:][^\[\]]{0,2000})?)\]")
ALONE = re.compile(r"(?:\A|\n|>)[ \t]*\Z")
ADDRESS = re.compile(r"https?://[^\s\"'<>|\]]+")
SAID = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")
NUMBERS = re.compile(r"\d+")
NUMBERS_ONLY = re.compile(r"[\d,\s]*\d[\d,\s]*\Z")
IDS = re.compile(r"\b(?:ids|include)\s*=\s*[\"']?([\d,\s]+)")
# A block that is all in its comment: <!-- wp:latest-posts {"postsToShow":3} /-->
BLOCK = re.compile(r"<!--\s+wp:([a-z][\w/-]*)\s+((?:(?!-->|<!--).)*?)/-->", re.DOTALL)
IMAGES = re.compile(r"image|img|photo|picture|gallery|slider|carousel", re.IGNORECASE)
PICTURE_KEYS = ("src", "image", "image_url", "url", "img", "image_id", "id", "ids", "images", "include")
LINK_KEYS = ("url", "link", "href", "button_url", "button_link", "target_url")
SAYS_NOTHING = {"spacer", "more", "nextpage", "separator", "read-more", "post-title", "post-date", "post-author"}


def has_blocks(html: str) -> bool:
    return "<!-- wp:" in html


def expanded(html: str, *, base="", gallery=None, shared=None) -> tuple[str, list[str]]:
    """(HTML without shortcodes, what was left out).

    `gallery` gives (address, description) pairs for a list of ids, `shared` holds the HTML of blocks that several texts
    use. A word in brackets that is no shortcode stays as it is; so does what stands in code.
    """
    parts, notes = [], []
    html = BLOCK.sub(lambda match: _shared(match, shared or {}), html)
    pieces = CODE.split(CODE_TAG.sub(_as_code, html))
    for text, code in zip(pieces[::3], [*pieces[1::3], ""], strict=True):
        parts += [_expanded(text, base, gallery or (lambda ids: []), notes), code]
    return "".join(parts), list(dict.fromkeys(notes))


def _as_code(match):
    if match[2] is None:
        return match[0]
    lines = re.sub(r"<br\s*/?>\n?|</p>\s*<p[^>]*>", "\n", match[2], flags=re.IGNORECASE)
    code = escape(unescape(re.sub(r"</?p(?: [^>]*)?>", "", lines)))
    return f"\n\n<pre>{code}</pre>\n\n" if "\n" in code else f"<code>{code}</code>"


def _expanded(html, base, gallery, notes):
    html = BLOCK.sub(lambda match: _block(match, base, notes), html)
    html = EMBED.sub(r'<p><a href="\1">\1</a></p>', CAPTION.sub(_captioned, html))
    kept = []

    def keep(match):
        kept.append(match[1])
        return f"\ufdd0{len(kept) - 1}\ufdd1"

    html = ESCAPED.sub(keep, html)
    closed = {name: [] for name in re.findall(r"\[/([A-Za-z][\w-]{0,60})\]", html)}
    html = ONE.sub(lambda match: _one(match, closed, base, gallery, notes), html)
    return re.sub("\ufdd0(\\d+)\ufdd1", lambda match: kept[int(match[1])], html)


def _captioned(match):
    picture = PICTURE.match(match[2])
    if not picture:
        return match[2]
    # WordPress 3.3 and before said it in the tag.
    words = picture[2].strip() or escape(_said(match[1]).get("caption", ""))
    return f"\n\n<figure>{picture[1]}<figcaption>{words}</figcaption></figure>\n\n"


def _said(text):
    return {key.lower(): unescape(one or two or three) for key, one, two, three in SAID.findall(text)}


def _one(match, closed, base, gallery, notes):
    """`closed` has the names that are closed somewhere, each with the tags to end what is open."""
    name, said = match["name"], match["said"]
    if match["end"]:
        return closed[name].pop() if closed.get(name) else ""
    if name == "gallery":
        return _gallery(said, gallery, notes)
    address = ADDRESS.search(said)
    if players.is_one(name) and (found := address[0] if address else players.address_of(name, _said(said), said)):
        return _link(found, base)
    is_tag = "=" in said or name in closed
    if not is_tag:
        if ALONE.search(match.string[max(0, match.start() - 100) : match.start()]) and _ends_alone(match):
            notes.append(_("“{text}” looks like a shortcode, and is shown as it is", text=match[0][:60]))
        return match[0]
    values = _said(said)
    shown = _pictures(values, gallery, notes) if IMAGES.search(name) else ""
    link = "" if shown else next((found for key in LINK_KEYS if (found := _target(values.get(key, ""), base))), "")
    if name in closed:
        closed[name].append("</a>" if link else "")
        return shown or (link and f'<a href="{escape(link)}">') or _left_out(name, notes)
    words = next((values[key] for key in ("title", "text", "button_text", "label") if values.get(key)), "")
    return shown or _link(link, base, words) or _left_out(name, notes)


def _left_out(name, notes):
    notes.append(_("the shortcode [{name}] was in the text and is left out", name=name))
    return ""


def _pictures(said, gallery, notes):
    """Those of a plugin's shortcode, by their numbers or by an address."""
    address = next((said[key] for key in PICTURE_KEYS if ADDRESS.match(said.get(key, ""))), "")
    if address:
        return _img(address, said.get("alt", ""))
    ids = next((NUMBERS.findall(said[key]) for key in PICTURE_KEYS if NUMBERS_ONLY.match(said.get(key, ""))), [])
    pictures = gallery(ids) if ids else []
    if 0 < len(pictures) < len(ids):
        notes.append(_missing(ids, len(ids) - len(pictures)))
    return "".join(_img(*one) for one in pictures)


def _target(said, base):
    # Visual Composer writes `url:https%3A%2F%2Fexample.org|title:Go`.
    found = unquote(said.removeprefix("url:").partition("|")[0]) if said.startswith("url:") else said
    return absolute(found, base) if found.startswith(("/", "http://", "https://", "mailto:")) else ""


def _img(address, alt):
    return f'<img src="{escape(address)}" alt="{escape(alt)}">'


def _ends_alone(match):
    return bool(re.match(r"\s*(?:\Z|\n|<)", match.string[match.end() : match.end() + 100]))


def _gallery(said, gallery, notes):
    ids = NUMBERS.findall(found[1]) if (found := IDS.search(said)) else []
    pictures = gallery(ids)
    if len(pictures) < max(len(ids), 1):
        missing = len(ids) - len(pictures)
        notes.append(_missing(ids, missing if pictures else 0))
    return f"\n\n<div>{''.join(_img(*one) for one in pictures)}</div>\n\n" if pictures else ""


def _missing(ids, missing):
    if missing:
        return _(
            "{missing} of the {number} pictures of a gallery in the text are left out",
            missing=missing,
            number=len(ids),
        )
    if ids:
        return _("a gallery of {number} pictures was in the text and is left out", number=len(ids))
    return _("a gallery of the post’s own pictures was in the text and is left out")


def _shared(match, shared):
    number = str(_values(match).get("ref", ""))
    return shared.get(number, match[0]) if match[1] in {"block", "core/block"} else match[0]


def _values(match):
    try:
        said = json.loads(match[2].strip() or "{}")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _block(match, base, notes):
    name, said = match[1].removeprefix("core/"), _values(match)
    address = next((said[key] for key in ("url", "src", "href") if isinstance(said.get(key), str)), "")
    if link := _link(address, base):
        return link
    if name not in SAYS_NOTHING:
        notes.append(
            _("a block shared by several texts was in the text and is left out")
            if name == "block"
            else _("the block “{name}” was in the text and is left out", name=name)
        )
    return ""


def _link(address, base, words=""):
    address = escape(absolute(address, base)) if address else ""
    return f'\n\n<p><a href="{address}">{escape(words) or address}</a></p>\n\n' if address else ""
