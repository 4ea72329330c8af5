"""Reading the export of another blog (WXR), as WordPress and Squarespace write it.

Namespaces differ by version, identifiers may be missing or stand twice, and dates have three formats. What is not meant for
everybody is left out by name; so every item of the file is a post, a picture, or a line of the report.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urljoin, urlsplit
from zoneinfo import ZoneInfo

from chapter.fields import clean_line, clean_text
from chapter.foreign_texts import TooMuch, description_of, to_markdown, words
from chapter.remarks import remark as _
from chapter.remarks import remark_of_number as ngettext

from . import data_pictures, shortcodes, wxr_xml
from .imported import ImportedPost, Picture
from .wxr_xml import NotAnExport

WORDS_OF_A_TITLE = 8
# WordPress writes this for "never".
NO_DATE = "0000-00-00"
PUBLIC = {"publish", "published", "future"}
UNFINISHED = {"draft", "pending", "private"}
PICTURE = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".svg", ".avif", ".tif", ".tiff", ".bmp")

__all__ = ["Export", "NotAnExport", "read"]


@dataclass
class Export:
    """The posts of a file; `left_out` has (name, reason) of each other item, `notes` what is said of the whole."""

    address: str = ""
    posts: list[ImportedPost] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class _Source:
    """What every item is read with."""

    address: str
    authors: dict
    attachments: dict
    language: str
    zone: str
    # A feed without states has public posts only; in an export a post without one may be anything.
    has_states: bool
    keeps_lines: bool
    pictures: dict


def read(content: bytes, *, language, zone, drafts=False) -> Export:
    """The posts in a file, oldest first. Raises NotAnExport."""
    found = wxr_xml.read(content)
    source = _source(found, language=language, zone=zone)
    export = Export(address=source.address, notes=found.notes)
    last = found.items[-1] if found.items and found.breaks_off else None
    files = [item for item in found.items if item.get("post_type") == "attachment"]
    for item in found.items:
        if item.get("post_type") == "attachment" and item is not last:
            continue
        if (
            reason := _("the file ends in the middle of it")
            if item is last
            else _why_not(item, source, drafts=drafts)
        ):
            export.left_out.append((clean_line(words(item.get("title", ""))) or item.get("link", ""), reason))
        else:
            export.posts.append(_post(item, source))
    _tell_copies_apart(export.posts)
    export.posts.sort(key=lambda post: (post.published_at or datetime.max.replace(tzinfo=UTC), post.external_id))
    export.notes += _counts(found.items, files)
    return export


def _source(found, *, language, zone):
    channel = found.channel
    items = found.items
    return _Source(
        address=_joined("", channel.get("base_blog_url") or channel.get("link") or ""),
        authors=_authors(channel),
        attachments={
            item.get("post_id", "").strip(): item for item in items if item.get("post_type") == "attachment"
        },
        language=language,
        zone=zone,
        has_states=any(item.get("status") for item in items),
        keeps_lines="squarespace" not in channel.get("generator", "").lower(),
        pictures=found.pictures,
    )


def _counts(items, files):
    comments = sum(item["comments"] for item in items)
    if files:
        yield ngettext(
            "of the file’s {items} items, {number} is a picture or another file, used where a post shows it",
            "of the file’s {items} items, {number} are pictures and other files, used where a post shows them",
            len(files),
            items=len(items),
        )
    if comments:
        yield _(
            "comments are left out, since the people who wrote them couldn’t delete them here ({comments})",
            comments=comments,
        )


def _authors(channel):
    """Names by login, without those that are a mail address: that is personal data."""
    names = {one.get("author_login", ""): one.get("author_display_name", "") for one in channel["authors"]}
    return {login: clean_line(name) for login, name in names.items() if login and name and "@" not in name}


def _why_not(item, source, *, drafts):
    kind = clean_line(item.get("post_type") or "post").lower()
    if kind != "post":
        return _("a page") if kind == "page" else _("a {kind}", kind=kind[:40])
    if item.get("post_password", "").strip():
        return _("it has a password")
    status = _status(item, source)
    if status in PUBLIC or (drafts and status in UNFINISHED):
        return ""
    return _("its status is {status}", status=status[:40]) if status else _("it doesn’t say whether it was public")


def _status(item, source):
    return clean_line(item.get("status", "") if source.has_states else "publish").lower()


def _post(item, source):
    link = _joined(source.address, item.get("link", ""))
    # Squarespace leaves out the guid.
    name = item.get("guid", "").strip() or link or item.get("post_name", "") or item.get("post_id", "")
    post = ImportedPost(
        external_id=name,
        own_id=f"{name} #{item.get('post_id', '').strip() or item.get('post_name', '').strip()}",
        title=clean_line(words(item.get("title", ""))),
        body="",
        language=source.language,
        slug=_slug(item, link),
        lead=clean_line(words(item.get("excerpt", ""))),
        link=link,
        published_at=_published_at(item, source),
        is_draft=_status(item, source) not in PUBLIC,
        authors=_bylines(item, source.authors),
        cover=_cover(item, source),
    )
    html = item.get("encoded", "")
    # A feed has its texts there.
    _fill(post, html if html.strip() else item.get("description", ""), item, source, base=link or source.address)
    return post


def _tell_copies_apart(posts):
    """Of posts with one identifier the oldest keeps it, so that none is taken for a newer state of another."""
    alike = defaultdict(list)
    for post in posts:
        alike[post.external_id].append(post)
    taken = set(alike)
    for name, copies in alike.items():
        copies.sort(key=lambda post: (len(post.own_id), post.own_id))
        for post in copies[1:]:
            number, own = 1, post.own_id
            while own in taken:
                number += 1
                own = f"{post.own_id}.{number}"
            taken.add(own)
            post.external_id = post.own_id = own
            post.notes.append(
                _(
                    "it has the same identifier as another post, {name}, and is treated as a separate post",
                    name=clean_line(name)[:80],
                )
            )


def _fill(post, html, item, source, *, base):
    post.embedded = data_pictures.shown_in(html, source.pictures)
    # A note on a post without a text makes the importer refuse it.
    try:
        html, missing = shortcodes.expanded(html, base=base, gallery=lambda ids: _gallery(ids, item, source))
        body, more = to_markdown(html, base=base, keeps_lines=_keeps_lines(html, source))
    except TooMuch as error:
        post.notes.append(str(error))
        return
    post.body = clean_text(body)
    post.notes += [*more, *missing]
    if not post.title:
        post.title = " ".join(clean_line(words(html)).split()[:WORDS_OF_A_TITLE])


def _keeps_lines(html, source):
    # Neither WordPress's blocks nor what Squarespace writes: their line breaks are spaces.
    return source.keeps_lines and not shortcodes.has_blocks(html) and "sqs-" not in html


def _gallery(ids, item, source):
    """(address, description) of each picture; without ids those that belong to the post."""
    number = item.get("post_id", "").strip()
    own = [one for one in source.attachments.values() if number and one.get("post_parent", "").strip() == number]
    wanted = [source.attachments[one] for one in ids if one in source.attachments] if ids else own
    pairs = [(_joined(source.address, one.get("attachment_url", "")), _description(one)) for one in wanted]
    return [(address, alt) for address, alt in pairs if urlsplit(address).path.lower().endswith(PICTURE)]


def _description(attachment):
    return clean_line(description_of({"alt": attachment["meta"].get("_wp_attachment_image_alt", "")}))


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


def _published_at(item, source):
    # UTC where the file has it, else the date of the feed, else the blog's clock; None for a draft, which never had one.
    gmt, local = (item.get(name, "").strip() for name in ("post_date_gmt", "post_date"))
    clock = ZoneInfo(source.zone)
    found = _moment(gmt, UTC) or _feed_moment(item.get("pubDate", "")) or _feed_moment(item.get("date", ""))
    if found is None and _status(item, source) in PUBLIC:
        found = _moment(local, clock)
    return found


def _moment(text, zone):
    try:
        found = None if text.startswith(NO_DATE) else datetime.fromisoformat(text)
        return found and (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _feed_moment(text):
    try:
        found = parsedate_to_datetime(text.strip())
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(UTC) if found.year > 1990 else None
    except (ValueError, TypeError, OverflowError):
        return _moment(text.strip(), UTC) if text.strip()[:1].isdigit() else None


def _bylines(item, authors):
    # By the name that the file gives the login; a login with a space in it is a name itself.
    login = clean_line(item.get("creator", ""))
    name = authors.get(login) or (login if " " in login and "@" not in login else "")
    return [(name, "")] if name else []


def _cover(item, source):
    found = source.attachments.get(item["meta"].get("_thumbnail_id", "").strip())
    if found is None or not found.get("attachment_url"):
        return None
    return Picture(_joined(source.address, found["attachment_url"]), alt=_description(found))
