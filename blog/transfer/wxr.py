"""Reading the export of another blog (WXR), as WordPress and Squarespace write it.

Namespaces differ by version, identifiers may be missing, and dates have three formats. Entities are refused, so that a
small file cannot expand into a large one.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from chapter.fields import clean_line, clean_text
from chapter.foreign_texts import TooMuch, description_of, to_markdown, words
from chapter.refusals import Refused

from . import shortcodes
from .imported import ImportedPost, Picture

MAX_BYTES = 50 * 1024 * 1024
MAX_ITEMS = 20_000
WORDS_OF_A_TITLE = 8
# WordPress writes this for "never".
NO_DATE = "0000-00-00"


class NotAnExport(Refused):
    """The file is no WXR; the text says what is wrong, in English."""


@dataclass
class Export:
    """The posts of a file; `left_out` has a line for each item that is not among them."""

    address: str = ""
    posts: list[ImportedPost] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read(path, *, language, drafts=False) -> Export:
    """The posts in a file, oldest first. Raises NotAnExport."""
    if path.stat().st_size > MAX_BYTES:
        raise NotAnExport(f"the file is larger than {MAX_BYTES // 1024 // 1024} MB")
    try:
        channel, items = _items(path)
    except DefusedXmlException as error:
        raise NotAnExport("it defines entities, which an export never does") from error
    except ParseError as error:
        raise NotAnExport(f"it is not well-formed XML: {error}") from error
    export = Export(address=_joined("", channel.get("base_blog_url") or channel.get("link") or ""))
    authors = _authors(channel)
    pictures = {item.get("post_id", ""): item for item in items if item.get("post_type") == "attachment"}
    for item in items:
        if item.get("post_type") == "attachment":
            continue
        if reason := _why_not(item, drafts=drafts):
            name = clean_line(item.get("title", "")) or item.get("link", "")
            export.left_out.append(f"left out: {name} ({reason})")
        else:
            export.posts.append(_post(item, export.address, authors, pictures, language=language))
    export.posts.sort(key=lambda post: (post.published_at or datetime.max.replace(tzinfo=UTC), post.external_id))
    return export


def _items(path):
    # (the channel's fields, those of its items); each element is cleared once it is read, to keep memory flat.
    channel, items, root = {"authors": []}, [], None
    with path.open("rb") as file:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=False, forbid_entities=True):
            if root is None:
                root = element
                if root.tag != "rss":
                    raise NotAnExport("its first element is not <rss>")
            elif event == "end" and element.tag == "item":
                items.append(_fields(element))
                element.clear()
            elif event == "end" and _name(element) == "author":
                channel["authors"].append(_fields(element))
            elif event == "end" and _name(element) in {"base_blog_url", "link"} and not items:
                channel.setdefault(_name(element), (element.text or "").strip())
            if len(items) > MAX_ITEMS:
                raise NotAnExport(f"it has more than {MAX_ITEMS} items")
    return channel, items


def _name(element):
    # Without its namespace; only that tells the excerpt's `encoded` from the text's.
    space, _, name = element.tag.rpartition("}")
    return "excerpt" if name == "encoded" and "excerpt" in space else name


def _fields(element):
    # Texts by element name; the postmeta pairs become one dict.
    found = {"meta": {}}
    for child in element:
        if _name(child) == "postmeta":
            pair = {_name(part): part.text or "" for part in child}
            found["meta"][pair.get("meta_key", "")] = pair.get("meta_value", "")
        elif _name(child) != "comment":
            found.setdefault(_name(child), child.text or "")
    return found


def _authors(channel):
    """Names by login, without those that are a mail address: that is personal data."""
    names = {one.get("author_login", ""): one.get("author_display_name", "") for one in channel["authors"]}
    return {login: clean_line(name) for login, name in names.items() if login and name and "@" not in name}


def _why_not(item, *, drafts):
    kind, status = item.get("post_type", "post"), item.get("status", "publish")
    if kind != "post":
        return "a page" if kind == "page" else f"a {clean_line(kind)[:40]}"
    if status not in {"publish", "future"} and not (drafts and status in {"draft", "pending", "private"}):
        return f"its status is {clean_line(status)[:40]}"
    return "it has a password" if item.get("post_password") else ""


def _post(item, address, authors, pictures, *, language):
    link = _joined(address, item.get("link", ""))
    post = ImportedPost(
        # Squarespace leaves out the guid.
        external_id=item.get("guid", "").strip() or link or item.get("post_name", "") or item.get("post_id", ""),
        title=clean_line(words(item.get("title", ""))),
        body="",
        language=language,
        slug=_slug(item, link),
        lead=clean_line(words(item.get("excerpt", ""))),
        link=link,
        published_at=_published_at(item),
        is_draft=item.get("status", "publish") not in {"publish", "future"},
        authors=_bylines(item, authors),
        cover=_cover(item, pictures, address),
    )
    _fill(post, item.get("encoded", ""), base=link or address)
    return post


def _fill(post, html, *, base):
    # A note on a post without a text makes the importer refuse it.
    try:
        html, missing = shortcodes.expanded(html, base=base)
        body, embedded = to_markdown(html, base=base, keeps_lines=_keeps_lines(html))
    except TooMuch as error:
        post.notes.append(str(error))
        return
    post.body = clean_text(body)
    post.notes += [f"{clean_line(one)[:150]} was shown inside the text and is a link now" for one in embedded]
    post.notes += missing
    if not post.title:
        post.title = " ".join(clean_line(words(html)).split()[:WORDS_OF_A_TITLE])


def _keeps_lines(html):
    # Neither WordPress's blocks nor what Squarespace writes: their line breaks are spaces.
    return not shortcodes.has_blocks(html) and "sqs-" not in html


def _joined(base, address):
    # Empty for an invalid address, such as `http://[`.
    try:
        joined = urljoin(base, address.strip())
        return joined if urlsplit(joined) else ""
    except ValueError:
        return ""


def _slug(item, link):
    # The short name may have the date before it.
    name = item.get("post_name", "").strip("/ ") or urlsplit(link).path.strip("/")
    return unquote(name.rsplit("/", 1)[-1])


def _published_at(item):
    # UTC where the file has it, else the date of the feed; None for a draft that never had one.
    gmt = item.get("post_date_gmt", "").strip()
    try:
        if gmt and not gmt.startswith(NO_DATE):
            return datetime.fromisoformat(gmt).replace(tzinfo=UTC)
        found = parsedate_to_datetime(item.get("pubDate", "").strip())
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found if found.year > 1990 else None
    except (ValueError, TypeError, OverflowError):
        return None


def _bylines(item, authors):
    # By the name that the file gives the login; a login with a space in it is a name itself.
    login = clean_line(item.get("creator", ""))
    name = authors.get(login) or (login if " " in login and "@" not in login else "")
    return [(name, "")] if name else []


def _cover(item, pictures, address):
    found = pictures.get(item["meta"].get("_thumbnail_id", ""))
    if found is None or not found.get("attachment_url"):
        return None
    alt = description_of({"alt": found["meta"].get("_wp_attachment_image_alt", "")})
    return Picture(_joined(address, found["attachment_url"]), alt=clean_line(alt))
