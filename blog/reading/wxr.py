"""Reading the export of another blog (WXR), as WordPress and Squarespace write it.

Namespaces differ by version, identifiers may be missing or stand twice, and dates have three formats. What is not meant for
everybody is left out by name; so every item of the file is a post, a picture, or a line of the report.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime

from chapter.fields import clean_line
from chapter.foreign_texts import words
from chapter.languages import CODES
from chapter.remarks import remark as _
from chapter.remarks import remark_of_number as ngettext

from . import wxr_posts, wxr_xml
from .imported import ImportedPost
from .wxr_posts import PUBLIC, Source, joined, status_of
from .wxr_xml import NotAnExport

UNFINISHED = {"draft", "pending", "private"}

__all__ = ["Export", "NotAnExport", "read", "read_all"]


@dataclass
class Export:
    """The posts of a file; `left_out` has (name, reason) of each other item, `notes` what is said of the whole."""

    address: str = ""
    posts: list[ImportedPost] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(content: bytes, *, language, zone, drafts=False) -> Export:
    """The posts in a file, oldest first. Raises NotAnExport."""
    return read_all(wxr_xml.read(content), language=language, zone=zone, drafts=drafts)


def read_all(parts: list[wxr_xml.Read], *, language, zone, drafts=False) -> Export:
    """The posts of several exports; WordPress.com hands a large blog out in parts, with pictures in any of them."""
    sources = [_source(found, language=language, zone=zone) for found in parts]
    for source in sources:
        for other in sources:
            if other.address == source.address:
                source.attachments = {**other.attachments, **source.attachments}
    export, groups, by_name = Export(address=sources[0].address if sources else ""), defaultdict(list), {}
    for found, source in zip(parts, sources, strict=True):
        export.notes += found.notes
        for item, post in _posts(found, source, export, drafts=drafts):
            _add(export, post, by_name, part=found)
            groups[wxr_posts.group_of(item)].append(post)
        export.notes += _counts(found)
    _tell_copies_apart(export.posts)
    _tie_translations(groups, language)
    export.posts.sort(key=lambda post: (post.published_at or datetime.max.replace(tzinfo=UTC), post.external_id))
    return export


def _posts(found, source, export, *, drafts):
    """(item, post) of each that is one; why the others are none stands in `export.left_out`."""
    last = found.items[-1] if found.items and found.breaks_off else None
    for item in found.items:
        if item.get("post_type") == "attachment" and item is not last:
            continue
        reason = _("the file ends in the middle of it") if item is last else _why_not(item, source, drafts=drafts)
        if reason:
            export.left_out.append((clean_line(words(item.get("title", ""))) or item.get("link", ""), reason))
        else:
            yield item, wxr_posts.read(item, source)


def _add(export, post, by_name, *, part):
    """A post that stands in two exports is one, as it was last changed."""
    number, (before, its_part) = len(export.posts), by_name.get(post.own_id, (None, part))
    if its_part is part:
        by_name.setdefault(post.own_id, (number, part))
        export.posts.append(post)
        return
    other = export.posts[before]
    oldest = datetime.min.replace(tzinfo=UTC)
    if (post.changed_at or oldest) >= (other.changed_at or oldest):
        export.posts[before] = post
    export.left_out.append((post.title or post.own_id, _("it is here twice, and was taken as it was last changed")))


def _tie_translations(groups, language):
    for name, posts in groups.items():
        original = min(posts, key=lambda post: post.language != language)
        for post in posts if name else ():
            if post.language != original.language:
                post.translation_of = original.external_id


def _source(found, *, language, zone):
    channel = found.channel
    items = found.items
    return Source(
        address=joined("", channel.get("base_blog_url") or channel.get("link") or ""),
        authors=_authors(channel) | _guests(items),
        attachments={
            item.get("post_id", "").strip(): item for item in items if item.get("post_type") == "attachment"
        },
        language=language,
        zone=zone,
        has_states=any(item.get("status") for item in items),
        creators_are_names=not channel["authors"] and channel.get("wxr_version", "1.0") == "1.0",
        keeps_lines=not _is_of_squarespace(found),
        pictures=found.pictures,
        shared={
            item.get("post_id", ""): item.get("encoded", "") for item in items if item.get("post_type") == "wp_block"
        },
    )


def _is_of_squarespace(found):
    # It says so, or is known by addresses without a host, which WordPress never writes.
    says = "squarespace" in found.channel.get("generator", "").lower()
    return says or any(item.get("link", "").startswith("/") for item in found.items)


def _counts(found):
    items = found.items
    files = [item for item in items if item.get("post_type") == "attachment"]
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
    names = {
        one.get("author_login", ""): one.get("author_display_name", "")
        or " ".join(filter(None, (one.get("author_first_name", ""), one.get("author_last_name", ""))))
        for one in channel["authors"]
    }
    return {login: clean_line(name) for login, name in names.items() if login and name and "@" not in name}


def _guests(items):
    """Those who wrote and have no login, as Co-Authors Plus keeps them."""
    guests = (item for item in items if item.get("post_type") == "guest-author")
    names = {one["meta"].get("cap-user_login", ""): clean_line(words(one.get("title", ""))) for one in guests}
    return {login: name for login, name in names.items() if login and name and "@" not in name}


def _why_not(item, source, *, drafts):
    kind = clean_line(item.get("post_type") or "post").lower()
    if kind != "post":
        return _("a page") if kind == "page" else _("a {kind}", kind=kind[:40])
    if item.get("post_password", "").strip():
        return _("it has a password")
    if (code := wxr_posts.language_of(item, source)) not in CODES:
        return _("the site doesn’t have the language “{code}”: {names}", code=code[:20], names=", ".join(CODES))
    status = status_of(item, source)
    if status in PUBLIC or (drafts and status in UNFINISHED):
        return ""
    return _("its status is {status}", status=status[:40]) if status else _("it doesn’t say whether it was public")


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
