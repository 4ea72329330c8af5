"""What the head of a file means: when, by whom, with which picture, and whether it was public.

Where systems differ, the careful answer wins: what may be a draft is one.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from django.utils import timezone as clock

from chapter.fields import clean_line, clean_text
from chapter.refusals import Refused
from chapter.remarks import remark as _

from .front_matter import as_text
from .imported import Picture

YES = {"yes", "true", "1", "on", "y", "t", "ja"}
NO = {"no", "false", "0", "off", "n", "f", "nei", "nej", "never", "none"}


class NotUnderstood(Refused):
    """A value says nothing that we know; the text names it."""


# Whether it was public

HIDES = ("draft", "drafts", "is_draft", "isdraft", "hidden", "private", "unpublished", "unlisted", "secret", "wip")
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
FOLDERS = {"_drafts", "drafts", "draft", "_draft", "utkast", "private", "_private", "unpublished", "_unpublished"}
IN_TITLE = re.compile(r"\s*[\[(]?(?:draft|wip|utkast)\s*[\])]|\s*(?:DRAFT|WIP|UTKAST)\b\s*[:–—-]", re.IGNORECASE)


def why_a_draft(head, *, parts=(), title="") -> str:
    """The sign by which the post was not public; empty if there is none. `parts` are those of its path."""
    for key, value in head.pairs:
        said = as_text(value).lower()
        if key in HIDES and said and said not in NO:
            return _("a draft") if key in HIDES[:4] else _("it says “{key}: {said}”", key=key, said=said[:40])
        if key in SHOWS and (said in NO or value is False):
            return _("a draft: it says “{key}: {said}”", key=key, said=said[:40])
        if key in STATES and said and said not in PUBLIC:
            return _("a draft: its {key} is “{said}”", key=key, said=said[:40])
        if key in {"layout", "type"} and said == "draft":
            return _("a draft: its {key} says so", key=key)
        if key in {"password", "passphrase"} and said:
            return _("it has a password")
        if key in {"tags", "tag", "categories", "category", "keywords"} and {"draft", "drafts", "utkast"} & _each(
            value
        ):
            return _("a draft, by its {key}", key=key)
    for key in ("build", "_build"):
        built = head.get(key)
        if isinstance(built, dict) and {as_text(built.get(name)).lower() for name in ("render", "list")} & NO:
            return _("a draft: it wasn’t built")
    *folders, name = [part.lower() for part in parts] or [""]
    if FOLDERS & set(folders) or ".draft." in name or name.startswith("draft-"):
        return _("a draft, by its place")
    return _("a draft, by its title") if IN_TITLE.match(title) else ""


def _each(value):
    found = value if isinstance(value, list) else re.split(r"[,;\s\[\]]+", as_text(value))
    return {as_text(one).lower() for one in found}


def has_expired(head, zone) -> bool:
    at = when(head.get("expirydate", "expiry_date", "expires", "unpublishdate"), zone)
    return at is not None and at <= clock.now()


# When

DAY = r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
CLOCK = (
    r"(?P<h>\d{1,2})[:.](?P<min>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<part>\d{1,9}))?)?[ ]?(?P<half>[AaPp]\.?[Mm]\.?)?"
)
ZONE = r"(?P<zone>Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,4}T|\[?[A-Z][A-Za-z]+/[A-Za-z_/]+\]?)"
# 02.01.2021, as it is written here; with slashes it could be February.
DAY_FIRST = re.compile(r"\A(\d{1,2})\.(\d{1,2})\.(\d{4})(?=\Z|[ ,T])")
OFFSETS = {"CET": 1, "CEST": 2, "MET": 1, "MEST": 2, "WET": 0, "WEST": 1, "BST": 1, "EET": 2, "EEST": 3}
OFFSETS |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
NUMERIC = re.compile(rf"{DAY}(?:(?:[ ]*[Tt ][ ]*){CLOCK}(?:[ ]*{ZONE})?)?\Z")
MONTHS = ["jan", "feb", "mar", "apr", "ma[yij]", "jun", "jul", "aug", "sep", "o[ck]t", "nov", "de[cs]"]
NAMED = re.compile(
    r"(?:[A-Za-zæøåäö]{3,10}\.?,?[ ]+)?(?:(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?[ ]+(?P<name>[A-Za-z]{3,9})\.?"
    r"|(?P<name2>[A-Za-z]{3,9})\.?[ ]+(?P<d2>\d{1,2})(?:st|nd|rd|th)?),?[ ]+(?P<y>\d{4})"
    rf"(?:,?[ ]+(?:at[ ]+|kl\.?[ ]*)?{CLOCK}(?:[ ]*{ZONE})?)?\Z"
)
SECONDS = re.compile(r"\d{10}(?:\d{3})?\Z")
COMPACT = re.compile(r"\A(\d{4})(\d\d)(\d\d)\Z")
NOT_SAID = {"created", "last modified", "git created", "git last modified", "now", "today", "never"}


def when(value, zone) -> datetime | None:
    """The moment in UTC. A day means noon, a time without a zone the chapter's clock. Raises NotUnderstood."""
    if value in (None, "") or isinstance(value, bool):
        return None
    if isinstance(value, datetime):
        return _in_utc(value, zone)
    if isinstance(value, date):
        return _in_utc(datetime.combine(value, time(12)), zone)
    text = as_text(value)
    # Eleventy's own words; the date in the file's name is the next best.
    if text.lower() in NOT_SAID | YES | NO:
        return None
    try:
        found = _read(text)
    except (ValueError, OverflowError, TypeError, KeyError):
        found = None
    if found is None:
        raise NotUnderstood(
            _("“{text}” isn’t a date we can read; 2026-05-04 and 2026-05-04 18:00 are", text=text[:40])
        )
    return _in_utc(found, zone)


def _in_utc(at, zone):
    # What Go and WordPress write for "never".
    if at.year < 1900:
        return None
    try:
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise NotUnderstood(_("“{date}” can’t be the date of a post", date=at)) from error


def _read(text):
    text = COMPACT.sub(r"\1-\2-\3", DAY_FIRST.sub(r"\3-\2-\1", " ".join(text.split())))
    if SECONDS.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    if match := NUMERIC.match(text):
        return _moment(match, int(match["m"]), match["d"])
    if match := NAMED.match(text):
        return _moment(match, _month(match["name"] or match["name2"]), match["d"] or match["d2"])
    return parsedate_to_datetime(text)


def _month(name):
    return next(number for number, begin in enumerate(MONTHS, 1) if re.match(begin, name.lower()))


def _moment(match, month, day):
    day = date(int(match["y"]), month, int(day))
    if not match["h"]:
        return datetime.combine(day, time(12))
    hour, half = int(match["h"]), (match["half"] or "").lower()[:1]
    if hour > 24 or (half and not 1 <= hour <= 12):
        raise ValueError
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    # 24:00 is the end of the day.
    later = timedelta(days=1) if hour == 24 else timedelta()
    millionths = int((match["part"] or "0").ljust(6, "0")[:6])
    clock_time = time(hour % 24, int(match["min"]), int(match["s"] or 0) % 60, millionths)
    return datetime.combine(day, clock_time, tzinfo=_zone(match["zone"])) + later


def _zone(name):
    if not name:
        return None
    if name in {"Z", "UTC", "GMT"}:
        return UTC
    if name in OFFSETS:
        return timezone(timedelta(hours=OFFSETS[name]))
    if name[0] not in "+-":
        return ZoneInfo(name.strip("[]"))
    hours, _, minutes = name[1:].partition(":")
    hours, minutes = (hours[:-2], hours[-2:]) if len(hours) > 2 else (hours, minutes)
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-offset if name[0] == "-" else offset)


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
        name = next((as_text(value[key]) for key in NAMES if as_text(value.get(key))), "")
        if not name:
            return [pair for one in value.values() if isinstance(one, dict) for pair in _people(one, is_list=False)]
        return [(one, clean_text(as_text(value.get("bio")))) for one in [_name(name)] if one]
    text = as_text(value)
    bracketed = IN_BRACKETS.match(text)
    parts = re.split(r"[,;]" if is_list or bracketed else ";", bracketed[1] if bracketed else text)
    return [(name, "") for name in map(_name, parts) if name]


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
