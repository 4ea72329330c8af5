"""What the head of a file means: by whom, with which picture, and whether it was public.

Where systems differ, the careful answer wins: what may be a draft is one.
"""

import re

from django.utils import timezone as clock

from chapter.fields import clean_line, clean_text
from chapter.remarks import remark as _

from . import moments
from .front_matter import NO, YES, as_text
from .imported import Picture

# Whether it was public

HIDES = ("draft", "drafts", "is_draft", "isdraft", "hidden", "private", "unpublished", "unlisted", "secret", "wip")
HIDES += ("not_published", "hide", "kladd", "utkast")
HIDES += ("exclude", "headless", "eleventyexcludefromcollections", "eleventy_exclude_from_collections")
SHOWS = (
    "published",
    "publish",
    "is_published",
    "ispublished",
    "public",
    "is_public",
    "visible",
    "permalink",
    "render",
    "listed",
    "dg_publish",
    "live",
    "ready",
    "released",
    "enabled",
    "active",
    "finished",
)
STATES = (
    "status",
    "state",
    "stage",
    "post_status",
    "publish_status",
    "poststatus",
    "visibility",
    "access",
    "workflow",
)
PUBLIC = {"publish", "published", "public", "live", "final", "posted", "online", "approved", "active", "done"}
PUBLIC |= {"complete", "completed", "visible", "everyone", "open", "future", "scheduled", "publisert", "publicerad"}
PUBLIC |= {"featured", "free", "all", "anyone"}
FOLDERS = {"_drafts", "drafts", "draft", "_draft", "utkast", "private", "_private", "unpublished", "_unpublished"}
IN_TITLE = re.compile(r"\s*[\[(]?(?:draft|wip|utkast)\s*[\])]|\s*(?:DRAFT|WIP|UTKAST)\b\s*[:–—-]", re.IGNORECASE)
# The lines of a head that stands between other marks, so that it is read as text.
UNSEEN = re.compile(
    r"^[ \t>]*(?:(?:is_?)?(?:draft|private)[ \t]*[:=][ \t]*[\"']?(?:true|yes)|publi(?:shed|c)[ \t]*[:=][ \t]*[\"']?(?:false|no)"
    r"|(?:status|state)[ \t]*[:=][ \t]*[\"']?(?:draft|private))\b",
    re.IGNORECASE | re.MULTILINE,
)
TOP = 600


def why_a_draft(head, *, parts=(), title="") -> str:
    """The sign by which the post was not public; empty if there is none. `parts` are those of its path."""
    for key, value in _flat(head.pairs):
        said = as_text(value).lower() or ("…" if value else "")
        if key in HIDES and said and said not in NO:
            return _("a draft") if key in HIDES[:4] else _("it says “{key}: {said}”", key=key, said=said[:40])
        if key in SHOWS and (said in NO | {"draft", "private", "hidden"} or value is False):
            return _("a draft: it says “{key}: {said}”", key=key, said=said[:40])
        if key in STATES and said and said not in PUBLIC:
            return _("a draft: its {key} is “{said}”", key=key, said=said[:40])
        if key in {"layout", "type"} and said == "draft":
            return _("a draft: its {key} says so", key=key)
        if key in {"password", "passphrase"} and said:
            return _("it has a password")
        if key in {"tags", "tag", "categories", "category", "keywords", "flags"} and {
            "draft",
            "drafts",
            "utkast",
        } & _each(value):
            return _("a draft, by its {key}", key=key)
    for key in ("build", "_build"):
        built = head.get(key)
        if isinstance(built, dict) and {as_text(built.get(name)).lower() for name in ("render", "list")} & NO:
            return _("a draft: it wasn’t built")
    if not head.pairs and UNSEEN.search(head.body.lstrip()[:TOP]):
        return _("a draft")
    *folders, name = [part.lower() for part in parts] or [""]
    if FOLDERS & set(folders) or ".draft." in name or name.startswith(("draft-", "_")):
        return _("a draft, by its place")
    return _("a draft, by its title") if IN_TITLE.match(title) else ""


def _each(value):
    found = value if isinstance(value, list) else re.split(r"[,;\s\[\]]+", as_text(value))
    # Obsidian: `#status/draft`
    return {part for one in found for part in as_text(one).lower().strip("# ").split("/")}


def _flat(pairs):
    """With what Hugo, Zola and others keep one step in."""
    for key, value in pairs:
        yield key, value
        if key in {"extra", "params", "meta", "metadata", "frontmatter", "custom"} and isinstance(value, dict):
            yield from value.items()


def has_expired(head, zone) -> bool:
    at = moments.when(head.get("expirydate", "expiry_date", "expires", "unpublishdate"), zone)
    return at is not None and at <= clock.now()


# By whom

NAMES = ("name", "display_name", "displayname", "title", "full_name", "nickname", "username", "login")
MAILBOX = re.compile(r"\s*[<(]?\s*[^\s<>()]+@[^\s<>()]+\s*[>)]?")
QUOTED = re.compile(r"\A([\"'])(.*)\1\Z", re.DOTALL)
IN_BRACKETS = re.compile(r"\[(.*)\]\Z", re.DOTALL)


def authors(head) -> list[tuple[str, str]]:
    """(name, what they say of themselves), without mail addresses."""
    found = []
    for key, value in head.pairs:
        if key in {"author", "authors", "byline", "writer", "writers"}:
            found += [pair for pair in _people(value, is_list=key.endswith("s")) if pair[0] not in dict(found)]
        elif key == "author_bio" and found:
            found[-1] = (found[-1][0], clean_text(as_text(value)))
    bios = head.get("author_bios") or []
    for number, bio in enumerate(bios if isinstance(bios, list) else [bios]):
        if number < len(found) and bio:
            found[number] = (found[number][0], clean_text(as_text(bio)))
    return found


def _people(value, *, is_list):
    if isinstance(value, list):
        return [pair for one in value for pair in _people(one, is_list=False)]
    if isinstance(value, dict):
        name = name_of(value)
        if not name:
            return [pair for one in value.values() if isinstance(one, dict) for pair in _people(one, is_list=False)]
        return [(name, clean_text(as_text(value.get("bio"))))]
    text = as_text(value)
    bracketed = IN_BRACKETS.match(text)
    parts = re.split(r"[,;]" if is_list or bracketed else ";", bracketed[1] if bracketed else text)
    return [(name, "") for name in map(_name, parts) if name]


def name_of(said) -> str:
    return _name(next((as_text(said[key]) for key in NAMES if as_text(said.get(key))), ""))


def _name(text):
    name = clean_line(QUOTED.sub(r"\2", MAILBOX.sub("", text).strip()))
    return "" if name.lower() in {"null", "none", "~", "nil"} else name


# With which picture


def cover(head):
    for key in ("cover", "image", "featured_image", "feature_image", "coverimage", "cover_image", "hero_image"):
        value = head.get(key)
        said = value if isinstance(value, dict) else {}
        address = next(
            (as_text(said[one]) for one in ("src", "url", "path", "image", "feature") if said.get(one)), ""
        )
        address = address or as_text(value)
        if address and address != "~":
            return _picture(head, address, said)
    return None


def _picture(head, address, said):
    lines = {
        name: clean_line(head.text(f"cover_{name}") or as_text(said.get(name)))
        for name in ("alt", "caption", "credit")
    }
    lines["alt"] = lines["alt"] or clean_line(head.text("alt", "image_alt", "alttext"))
    return Picture(address, **lines, is_decorative=head.text("cover_is_decorative").lower() in YES)


# Where, in which language

SAME = {"no": "nb", "nn": "nb", "nob": "nb", "nno": "nb", "swe": "sv", "eng": "en"}
SAID = {"norsk": "nb", "norwegian": "nb", "bokmål": "nb", "svenska": "sv", "swedish": "sv", "english": "en"}


def language(text) -> str:
    """The code of `nb-NO`, `no` or `Norsk`; any other as it is."""
    bare = text.strip().lower()
    first = re.split(r"[-_]", bare)[0]
    return SAID.get(bare) or SAME.get(first, first)


def slug(head, otherwise) -> str:
    """The last part of its old address, where that is no template."""
    if said := head.text("slug", "post_name"):
        return said
    path = head.text("url", "permalink").split("?")[0].removesuffix("index.html").rstrip("/")
    last = re.sub(r"\.html?\Z", "", path.rsplit("/", 1)[-1])
    is_plain = path and not re.search(r"[{}:%]", path.partition("://")[2] or path)
    return last if is_plain and last.lower() not in NO | YES else otherwise


def old_paths(head) -> list[str]:
    """Where it was on its old site, as links of other posts may say it."""
    values = head.all("url", "permalink", "aliases", "alias", "redirect_from", "save_as")
    said = (as_text(one) for value in values for one in (value if isinstance(value, list) else [value]))
    return [path for path in said if path and not re.search(r"[{}:%?]", path) and path.lower() not in NO | YES]
