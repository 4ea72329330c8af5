"""What stands beside the words of a page: pictures that load late, frames, players, forms.

Each is made a picture or a link where it can be one; what cannot be shown is a remark. Nothing is fetched.
"""

import json
import re
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup

from ..fields import clean_line
from ..remarks import remark as _
from ..remarks import remark_of_number as ngettext
from .addresses import absolute

EMBEDDED = ["iframe", "object", "embed", "video", "audio"]
SOURCES = ("data-src", "data-image", "data-lazy-src", "data-original", "data-lazy", "src")
SETS = ("data-srcset", "data-lazy-srcset", "srcset")
# How the reader of posts names a picture that it has taken out of the text itself.
TAKEN_OUT = re.compile(r"data:image/[\w.+-]{1,40};sha256,[0-9a-f]{32}\Z")
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|heic|bmp|tiff?)\Z", re.IGNORECASE)
BACKGROUND = re.compile(
    r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*[\"']?([^\"')]{1,2000})[\"']?\s*\)", re.IGNORECASE
)
FIELDS = re.compile(r"(?:text|email|tel|url|number|date|radio|file|submit|search)?\Z")
# They draw what a quotation beside them says.
COMPANIONS = re.compile(
    r"(?:twitter|x|instagram|facebook|fb|tiktok|pinterest|reddit|flickr|wordpress|wp)\.(?:com|net)\Z"
)
GIST = re.compile(r"(https://gist\.github\.com/[\w./-]+)\.js\Z")
NOT_SHOWN = {"spacer", "horizontalrule", "line", "html", "code", "markdown", "socialaccountlinks"}


def settle(page, base) -> list[str]:
    """Change the page; the remarks say what a reader of it will not see. The order tells who finds what."""
    notes = []
    _open_buttons(page)
    _fill_late_pictures(page)
    _show_backgrounds(page)
    _show_players(page, base, notes)
    notes += [note for tag in page.find_all(EMBEDDED) if not tag.decomposed and (note := _as_link(tag, page, base))]
    _note_pictures(page, base, notes)
    _note_the_rest(page, notes)
    return list(dict.fromkeys(notes))


def shown_as_link(address: str) -> str:
    return _("{address} was embedded in the text and is a link now", address=clean_line(address)[:150])


# Pictures


def source_of(el):
    """A picture's address. Pages that load pictures late keep it in another attribute, with a placeholder in `src`."""
    for name in SOURCES:
        address = (el.get(name) or "").strip()
        if address and (not address.startswith("data:") or TAKEN_OUT.match(address)):
            return address
    return next((found for name in SETS if (found := _largest(el.get(name) or ""))), "")


def _largest(addresses):
    pairs = [([*part.split(), ""])[:2] for part in re.split(r",\s+|,(?=https?:)", addresses.strip()) if part.split()]
    sized = [(float(size[:-1]) if re.fullmatch(r"[\d.]{1,8}[wx]", size) else 0, address) for address, size in pairs]
    best = max(sized, key=lambda pair: pair[0], default=(0, ""))[1]
    return "" if best.startswith("data:") else best


def _fill_late_pictures(page):
    for tag in page.find_all(["amp-img", "image"]):
        tag.name = "img"
    for picture in page.find_all("picture"):
        _take_over(picture.find("img"), picture.find_all("source"))
    for hidden in page.find_all("noscript"):
        for inner in hidden.find_all("img"):
            beside = _beside(hidden)
            if beside is not None:
                _take_over(beside, [inner])
            elif not _is_counter(inner):
                hidden.insert_before(inner.extract())
    for tag in page.find_all("img"):
        if _is_counter(tag):
            tag.decompose()


def _beside(hidden):
    # The same picture, which a script would show.
    near = [hidden.find_previous_sibling(), hidden.find_next_sibling()]
    found = (
        tag if tag.name == "img" else tag.find("img") for tag in near if tag is not None and tag.name != "noscript"
    )
    return next((tag for tag in found if tag is not None), None)


def _take_over(picture, others):
    if picture is None or source_of(picture):
        return
    picture["src"] = next(filter(None, map(source_of, others)), "")
    picture["alt"] = picture.get("alt") or next(filter(None, (one.get("alt") for one in others)), "")


def _is_counter(tag):
    # It tells a server that the page is read.
    is_hidden = "display:none" in (tag.get("style") or "").replace(" ", "")
    return is_hidden or {tag.get("width"), tag.get("height")} <= {"0", "1"}


def _show_backgrounds(page):
    for tag in page.find_all(style=BACKGROUND):
        address = BACKGROUND.search(tag["style"])[1].strip()
        if not any(source_of(one) == address for one in tag.find_all("img")) and not address.startswith("data:"):
            tag.insert(0, page.new_tag("img", src=address))


def _note_pictures(page, base, notes):
    inside = [
        tag for tag in page.find_all("img") if (tag.get("src") or "").startswith("data:") and not source_of(tag)
    ]
    notes += [
        _("a picture that is written in the text ({kind}) is left out", kind=re.split("[;,]", tag["src"][5:60])[0])
        for tag in inside
    ]
    led = [address for link in page.find_all("a") if (address := _leads_away(link, base))]
    # A caption is words alone.
    led += [
        address
        for figure in page.find_all("figure")
        if len(figure.find_all("img")) == 1
        for link in figure.select("figcaption a")
        if (address := absolute(link.get("href") or "", base))
    ]
    if led:
        notes.append(
            ngettext(
                "a picture linked to {address}; the link is left out",
                "{number} pictures linked to other pages, such as {address}; the links are left out",
                len(led),
                address=clean_line(led[0])[:100],
            )
        )


def _leads_away(link, base):
    """Where a picture leads, unless that is the picture itself."""
    picture = link.find("img")
    address = absolute(link.get("href") or "", base)
    if picture is None or not address or link.get_text().strip() or "attachment" in " ".join(link.get("rel") or []):
        return ""
    path = urlsplit(address).path
    return "" if PICTURE.search(path) or "attachment_id=" in address else address


# Frames, players, posts of other services


def _show_players(page, base, notes):
    for tag in page.find_all(attrs={"data-html": True}):
        inner = BeautifulSoup(tag["data-html"], "html.parser").find(EMBEDDED)
        if inner is not None and not tag.find(EMBEDDED):
            tag.append(inner)
    for tag in page.find_all(attrs={"data-block-json": True}):
        _show_block(tag, page, base, notes)
    named = [(tag, tag["data-instgrm-permalink"]) for tag in page.find_all(attrs={"data-instgrm-permalink": True})]
    named += [(tag, tag.get("data-href") or "") for tag in page.find_all(class_=re.compile(r"\Afb-"))]
    named += [(tag, tag.get("data-url") or "") for tag in page.find_all(class_="sqs-audio-embed")]
    named += [(tag, found[1]) for tag in page.find_all("script") if (found := GIST.match(tag.get("src") or ""))]
    for tag, said in named:
        address = absolute(said, base)
        if address and not any(absolute(one.get("href") or "", base) == address for one in tag.find_all("a")):
            _put_link(tag, page, address, clean_line(tag.get("data-title") or ""))
    areas = [(tag, absolute(tag.get("href") or "", base)) for tag in page.find_all("area")]
    for tag, address in areas:
        if address:
            _put_link(tag, page, address, clean_line(tag.get("alt") or ""))


def _show_block(block, page, base, notes):
    """A block of Squarespace that is drawn by a script from what it says of itself."""
    if block.get_text().strip() or block.find(["img", "hr", *EMBEDDED]) or block.find(attrs={"data-url": True}):
        return
    try:
        said = json.loads(block["data-block-json"])
    except (ValueError, RecursionError):
        said = None
    said = said if isinstance(said, dict) else {}
    place = said.get("location") if isinstance(said.get("location"), dict) else {}
    lines = [str(place[key]) for key in ("addressTitle", "addressLine1", "addressLine2", "addressCountry") if place.get(key)]  # fmt: skip
    kind = re.search(r"sqs-block-(\w+)", " ".join(block.get("class") or []))
    if address := absolute(str(said.get("url") or ""), base):
        _put_link(block, page, address, "")
    elif lines:
        line = page.new_tag("p")
        line.string = ", ".join(lines)
        block.append(line)
    elif kind and kind[1] not in NOT_SHOWN:
        notes.append(_("the block “{name}” was in the text and is left out", name=kind[1]))


def _as_link(tag, page, base):
    inside = [tag, *tag.find_all(["source", "embed", "param", "a"])]
    found = (absolute(one.get(name) or "", base) for one in inside for name in ("src", "data-src", "data", "href"))
    address = next(filter(None, found), "")
    if not address:
        tag.decompose()
        return _("a frame was in the text and is left out")
    address = _without_frame(address)
    _put_link(tag, page, address, "")
    return shown_as_link(address)


def _without_frame(address):
    # Embedly's frame round a video says which one.
    if not (urlsplit(address).hostname or "").endswith("embedly.com"):
        return address
    said = parse_qs(urlsplit(address).query)
    return next(
        (absolute(said[key][0], "") for key in ("url", "src") if absolute(said.get(key, [""])[0], "")), address
    )


def _put_link(tag, page, address, words):
    """In the place of a frame or script, at the beginning of anything else: beside it takes time by their number."""
    link = page.new_tag("a", href=address)
    link.string = words or address
    if tag.name in {*EMBEDDED, "script", "area"}:
        tag.name, tag.attrs = "p", {}
        tag.clear()
        tag.append(link)
    else:
        line = page.new_tag("p")
        line.append(link)
        tag.insert(0, line)


# What is left out


def _open_buttons(page):
    # A question of which the answer unfolds.
    for button in page.find_all("button"):
        if (
            button.get("aria-expanded")
            or button.get("aria-controls")
            or button.find_parent(re.compile(r"\Ah[1-6]\Z"))
        ):
            button.name = "span"


def _note_the_rest(page, notes):
    fields = page.find_all(["input", "select", "textarea"])
    if any(tag.name != "input" or FIELDS.match((tag.get("type") or "").lower()) for tag in fields):
        notes.append(_("a form was in the text and is left out"))
    if page.find("math"):
        notes.append(_("a formula was in the text and is left out"))
    if any(tag.find("text") for tag in page.find_all("svg")):
        notes.append(_("a drawing was in the text and is left out"))
    hosts = (urlsplit(tag.get("src") or "").hostname for tag in page.find_all("script") if not GIST.match(tag.get("src") or ""))  # fmt: skip
    for host in dict.fromkeys(filter(None, hosts)):
        if not COMPANIONS.search(host):
            notes.append(_("a script of {host} was in the text and is left out", host=host[:80]))
