"""What WordPress keeps between square brackets, or as a block without a text: made HTML where it can be, else noted."""

import json
import re
from html import escape

from chapter.foreign_texts import absolute
from chapter.remarks import remark as _

CODE = re.compile(r"(<(pre|code|script|style)\b.*?(?:</\2>|\Z))", re.DOTALL | re.IGNORECASE)
ESCAPED = re.compile(r"\[(\[[^\[\]]{1,500}\])\]")
CAPTION = re.compile(r"\[caption[^\[\]]*\]((?:(?!\[caption).)*?)\[/caption\]", re.DOTALL)
EMBED = re.compile(r"\[embed[^\[\]]*\]\s*([^\s\[]+)\s*\[/embed\]")
PICTURE = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.DOTALL)
ONE = re.compile(r"\[(?P<end>/?)(?P<name>[A-Za-z][\w-]{0,60})(?P<said>(?:[\s=:][^\[\]]{0,2000})?)\]")
ALONE = re.compile(r"(?:\A|\n|>)[ \t]*\Z")
ADDRESS = re.compile(r"https?://[^\s\"'<>\]]+")
NUMBERS = re.compile(r"\d+")
IDS = re.compile(r"\b(?:ids|include)\s*=\s*[\"']?([\d,\s]+)")
SHOWS_MEDIA = {
    "video",
    "audio",
    "youtube",
    "vimeo",
    "embedyt",
    "soundcloud",
    "spotify",
    "ted",
    "wpvideo",
    "mp3",
    "mp4",
}
# A block that is all in its comment: <!-- wp:latest-posts {"postsToShow":3} /-->
BLOCK = re.compile(r"<!--\s+wp:([a-z][\w/-]*)\s+(\{.{0,5000}?\}\s+)?/-->", re.DOTALL)
SAYS_NOTHING = {"spacer", "more", "nextpage", "separator", "read-more", "post-title", "post-date", "post-author"}


def has_blocks(html: str) -> bool:
    return "<!-- wp:" in html


def expanded(html: str, *, base="", gallery=None) -> tuple[str, list[str]]:
    """(HTML without shortcodes, what was left out). `gallery` gives (address, description) pairs for a list of ids.

    A word in brackets that is no shortcode stays as it is; so does what stands in code.
    """
    parts, notes = [], []
    pieces = CODE.split(html)
    for text, code in zip(pieces[::3], [*pieces[1::3], ""], strict=True):
        parts += [_expanded(text, base, gallery or (lambda ids: []), notes), code]
    return "".join(parts), list(dict.fromkeys(notes))


def _expanded(html, base, gallery, notes):
    html = BLOCK.sub(lambda match: _block(match, base, notes), html)
    html = EMBED.sub(r'<p><a href="\1">\1</a></p>', CAPTION.sub(_captioned, html))
    kept = []

    def keep(match):
        kept.append(match[1])
        return f"\ufdd0{len(kept) - 1}\ufdd1"

    html = ESCAPED.sub(keep, html)
    closed = set(re.findall(r"\[/([A-Za-z][\w-]{0,60})\]", html))
    html = ONE.sub(lambda match: _one(match, closed, base, gallery, notes), html)
    return re.sub("\ufdd0(\\d+)\ufdd1", lambda match: kept[int(match[1])], html)


def _captioned(match):
    picture = PICTURE.match(match[1])
    if not picture:
        return match[1]
    return f"\n\n<figure>{picture[1]}<figcaption>{picture[2].strip()}</figcaption></figure>\n\n"


def _one(match, closed, base, gallery, notes):
    name, said = match["name"], match["said"]
    if name == "gallery":
        return _gallery(said, gallery, notes)
    address = ADDRESS.search(said)
    if name.lower() in SHOWS_MEDIA and (address or match["end"]):
        return _link(address[0], base) if address else ""
    is_tag = "=" in said or name in closed
    if not is_tag and (
        ALONE.search(match.string[max(0, match.start() - 100) : match.start()]) and _ends_alone(match)
    ):
        notes.append(_("“{text}” looks like a shortcode, and is shown as it is", text=match[0][:60]))
    if not is_tag:
        return match[0]
    if not match["end"]:
        notes.append(_("the shortcode [{name}] was in the text and is left out", name=name))
    return ""


def _ends_alone(match):
    return bool(re.match(r"\s*(?:\Z|\n|<)", match.string[match.end() : match.end() + 100]))


def _gallery(said, gallery, notes):
    ids = NUMBERS.findall(found[1]) if (found := IDS.search(said)) else []
    pictures = gallery(ids)
    if len(pictures) < max(len(ids), 1):
        missing = len(ids) - len(pictures)
        notes.append(_missing(ids, missing if pictures else 0))
    shown = (f'<img src="{escape(address)}" alt="{escape(alt)}">' for address, alt in pictures)
    return f"\n\n<div>{''.join(shown)}</div>\n\n" if pictures else ""


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


def _block(match, base, notes):
    name = match[1].removeprefix("core/")
    try:
        said = json.loads(match[2] or "{}")
    except (ValueError, RecursionError):
        said = {}
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


def _link(address, base):
    address = escape(absolute(address, base)) if address else ""
    return f'\n\n<p><a href="{address}">{address}</a></p>\n\n' if address else ""
