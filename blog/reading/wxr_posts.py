"""One item of an export as a post: its text, date, authors, cover and language."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape
from urllib.parse import unquote, urljoin, urlsplit
from zoneinfo import ZoneInfo

from chapter.fields import clean_line, clean_text
from chapter.foreign_texts import TooMuch, description_of, mended, shown_as_link, to_markdown, words
from chapter.remarks import remark as _

from . import data_pictures, meanings, shortcodes
from .imported import ImportedPost, Picture

WORDS_OF_A_TITLE = 8
# WordPress writes this for "never".
NO_DATE = "0000-00-00"
NEVER = re.compile(r"\s-\d{4}\s+\d\d:")  # Mon, 30 Nov -0001 00:00:00
PUBLIC = {"publish", "published", "future"}
PICTURE = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".svg", ".avif", ".tif", ".tiff", ".bmp")
# A value of a plugin that is as long as this is a text.
LONG = 300


@dataclass
class Source:
    """What every item is read with."""

    address: str
    authors: dict
    attachments: dict
    language: str
    zone: str
    # A feed without states has public posts only; in an export a post without one may be anything.
    has_states: bool
    keeps_lines: bool
    # Later exports say the login, and the name once for all.
    creators_are_names: bool
    pictures: dict
    # HTML of blocks that several posts show, by number.
    shared: dict = field(default_factory=dict)


def status_of(item, source):
    return clean_line(item.get("status", "") if source.has_states else "publish").lower()


def language_of(item, source):
    """What a plugin for languages says (Polylang, WPML), else that of the import."""
    said = next((name for domain, name in item["terms"] if domain == "language"), "")
    return meanings.language(said or item["meta"].get("_wpml_import_language_code", "")) or source.language


def group_of(item):
    """The name that a post shares with its translations."""
    said = next((name for domain, name in item["terms"] if domain == "post_translations"), "")
    return said or item["meta"].get("_wpml_import_translation_group", "").strip()


TEXTS = ("title", "excerpt", "encoded", "description")


def read(item, source) -> ImportedPost:
    mends = {name: mended(item.get(name, "")) for name in TEXTS}
    item = {**item, **{name: text for name, (text, _note) in mends.items()}}
    link = joined(source.address, item.get("link", ""))
    name = _identifier(item, link)
    post = ImportedPost(
        external_id=name,
        own_id=_own_identifier(item, name),
        title=clean_line(words(item.get("title", ""))),
        body="",
        language=language_of(item, source),
        slug=_slug(item, link),
        lead=clean_line(words(item.get("excerpt", ""))),
        link=link,
        published_at=_published_at(item, source),
        changed_at=_moment(item.get("post_modified_gmt", "").strip(), UTC),
        is_draft=status_of(item, source) not in PUBLIC,
        authors=_bylines(item, source),
        cover=_cover(item, source),
    )
    html = item.get("encoded", "")
    # A feed has its texts there.
    _fill(post, html if html.strip() else item.get("description", ""), item, source, base=link or source.address)
    post.notes += dict.fromkeys(note for _text, note in mends.values() if note)
    post.notes += _beside(item, source, has_text=bool(html.strip()))
    return post


def _identifier(item, link):
    # Squarespace leaves out the guid, and drafts have no address.
    is_one = not link.endswith("/null")
    return (
        item.get("guid", "").strip()
        or (link if is_one else "")
        or item.get("post_id", "")
        or item.get("post_name", "")
    )


def _own_identifier(item, name):
    # Squarespace numbers its posts for each export.
    number = item.get("post_id", "").strip() or item.get("post_name", "").strip()
    return f"{name} #{number}" if item.get("guid", "").strip() else name


def _beside(item, source, *, has_text):
    """What belongs to a post and is no part of its text."""
    meta = item["meta"]
    number = meta.get("_thumbnail_id", "").strip()
    if number.strip("0").isdigit() and _cover(item, source) is None:
        yield _("its cover isn’t in the file")
    # The plugin for fields writes beside each which one it is.
    fields = [key for key in meta if meta.get(f"_{key}", "").startswith("field_") and _is_text(meta[key])]
    if not has_text:
        fields += [key for key, value in meta.items() if len(value) > LONG and key not in fields]
    if fields:
        names = ", ".join(clean_line(key)[:40] for key in fields[:5])
        yield _("the texts of fields that a plugin adds are left out: {names}", names=names)


def _is_text(value):
    return any(letter.isalpha() for letter in value) and not value.startswith(("field_", "a:", "http"))


def _fill(post, html, item, source, *, base):
    post.embedded = data_pictures.shown_in(html, source.pictures)
    # A note on a post without a text makes the importer refuse it.
    enclosed = joined(base, item["meta"].get("enclosure", "").split("\n")[0])
    if enclosed and enclosed not in html and enclosed != base:
        html += f'\n\n<p><a href="{escape(enclosed)}">{escape(enclosed)}</a></p>'
        post.notes.append(shown_as_link(enclosed))
    try:
        html, missing = shortcodes.expanded(
            html, base=base, gallery=lambda ids: _gallery(ids, item, source), shared=source.shared
        )
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
    pairs = [(_address(one, source), _description(one)) for one in wanted]
    return [(address, alt) for address, alt in pairs if urlsplit(address).path.lower().endswith(PICTURE)]


def _address(attachment, source):
    # Some exports have it as the name alone.
    name = attachment.get("guid", "").strip()
    said = attachment.get("attachment_url", "").strip() or (name if name.lower().endswith(PICTURE) else "")
    return joined(source.address, said) if said else ""


def _description(attachment):
    return clean_line(description_of({"alt": attachment["meta"].get("_wp_attachment_image_alt", "")}))


def joined(base, address):
    # Empty for an invalid address, such as `http://[`.
    try:
        joined = urljoin(base, address.strip())
        return joined if urlsplit(joined) else ""
    except ValueError:
        return ""


def _slug(item, link):
    # The short name may have the date before it.
    name = item.get("post_name", "").strip("/ ") or urlsplit(link).path.strip("/")
    return re.sub(r"\.html?\Z", "", unquote(name.rsplit("/", 1)[-1]))


def _published_at(item, source):
    # UTC where the file has it, else the date of the feed, else the blog's clock; None for a draft, which never had one.
    gmt, local = (item.get(name, "").strip() for name in ("post_date_gmt", "post_date"))
    clock = ZoneInfo(source.zone)
    found = _moment(gmt, UTC) or _feed_moment(item.get("pubDate", "")) or _feed_moment(item.get("date", ""))
    if found is None and status_of(item, source) in PUBLIC:
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
        if NEVER.search(text):
            return None
        found = parsedate_to_datetime(text.strip())
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(UTC) if found.year > 1990 else None
    except (ValueError, TypeError, OverflowError):
        return _moment(text.strip(), UTC) if text.strip()[:1].isdigit() else None


def _bylines(item, source):
    # Several stand beside the post, by a plugin's names for their logins.
    authors = source.authors
    logins = [name.removeprefix("cap-") for domain, name in item["terms"] if domain == "author"]
    names = list(dict.fromkeys(authors[login] for login in logins if login in authors))
    return [(name, "") for name in names or _byline(clean_line(item.get("creator", "")), source)]


def _byline(login, source):
    # By the name that the file gives the login; a login with a space in it is a name itself.
    is_name = (" " in login or source.creators_are_names) and "@" not in login and login.lower() != "admin"
    name = source.authors.get(login) or (login if is_name else "")
    return [name] if name else []


def _cover(item, source):
    found = source.attachments.get(item["meta"].get("_thumbnail_id", "").strip())
    address = _address(found, source) if found else ""
    return Picture(address, alt=_description(found)) if address else None
