"""Links between the posts of an export or of a folder of files, as links between the posts here.

An export names another by its address, a file by its path, from its own folder or from the top, with or without an ending;
Jekyll and Hugo by the name alone. Which post is meant is never guessed: of two that fit equally well neither is, and of a
path the report says so.
"""

import posixpath
import re
import unicodedata
from collections import defaultdict
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.urls import reverse
from django.utils.translation import override

from chapter.models import ImportMark
from chapter.remarks import about
from chapter.remarks import remark as _

from .. import reading
from ..models import Post

# `[words](address "title")`. Pictures have places of their own.
LINK = (
    rf"(?<![!\\])\[(?P<words>{reading.LABEL})\]"
    r"\((?P<address><[^<>\n]{1,1000}>|[^\s()<>]{1,1000}(?:\([^\s()<>]{0,300}\)[^\s()<>]{0,1000})?)"
    r"(?P<after>(?:\s{1,20}(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|\([^()\n]{0,500}\)))?\s{0,20}\))"
)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
# What is hung on to an address to learn where a reader came from.
CAMPAIGN = re.compile(r"utm_|fbclid|gclid|mc_")
OWN = ("/media/", "/nb/", "/sv/", "/en/")
ENDINGS = reading.SUFFIXES | {""}


class Links:
    """One run's posts by every name that a text may have for them."""

    def __init__(self, posts, *, source, report):
        self.source, self.report = source, report
        self._pages, self._paths, self._names = defaultdict(list), defaultdict(list), defaultdict(list)
        self._addresses = {}
        self._nowhere = defaultdict(dict)
        for post in posts:
            self._add(post)
        self._keep_stored(posts)

    def _keep_stored(self, posts):
        ids = {name[:500] for post in posts for name in (post.external_id, post.own_id) if name}
        marks = ImportMark.objects.filter(subject_label=Post._meta.label_lower, source=self.source[:200])
        numbers = dict(marks.filter(external_id__in=ids).values_list("external_id", "subject_id"))
        rows = Post.objects.only("slug", "language").in_bulk(numbers.values())
        for post in posts:
            number = numbers.get(post.own_id[:500]) or numbers.get(post.external_id[:500])
            if number in rows:
                self.keep(post, rows[number])

    def keep(self, post, row):
        """Remember the address of a post that is stored now."""
        with override(row.language):
            self._addresses[id(post)] = reverse("post", args=[row.slug])

    def settle(self, post, body):
        """The text with links to what is stored already. Of one that leads to nothing, words stay or an address here."""
        return reading.replaced(LINK, lambda match: self._one(match, post), body)

    def note(self, post):
        for address in self._nowhere.pop(post.external_id, ()):
            self.report.note(about(post.title, _("the link {address} leads nowhere here", address=address[:150])))

    def _one(self, match, post):
        address = match["address"].strip("<>")
        path, mark, part = address.partition("#")
        is_far = SCHEME.match(address)
        found = self._found_far(path, post) if is_far else self._found(path.partition("?")[0], post)
        if found:
            here = self._addresses.get(id(found))
            return f"[{match['words']}]({here}{mark}{part}{match['after']}" if here else match[0]
        if is_far:
            return match[0]
        if not address.startswith(OWN):
            self._nowhere[post.external_id][address] = True
        # What isn't a place on a site would be shown with its brackets.
        return match[0] if address.startswith(("/", "?")) else match["words"]

    def _found_far(self, address, post):
        page = _page(address)
        return _only(self._pages.get(page, ()), post) if page else None

    def _add(self, post):
        for page in {_page(post.link), _page(post.external_id)} - {None}:
            self._pages[page].append(post)
        path = PurePosixPath(spelled(post.external_id))
        if path.stem.partition(".")[0] == "index" and path.parent.name:
            path = path.parent
        whole = str(path.with_suffix("")) if path.suffix in ENDINGS else str(path)
        stem = whole.rpartition("/")[2]
        # A text in two languages: next-stop.nb.md
        plain = whole.removesuffix(f".{post.language}")
        for name in {spelled(post.external_id), whole, plain, *map(_place, post.old_paths)}:
            self._paths[name].append(post)
        for name in {stem, stem.removesuffix(f".{post.language}"), reading.undated(stem), spelled(post.slug)}:
            self._names[name].append(post)

    def _found(self, path, post):
        path = spelled(unquote(path)).rstrip("/")
        if not path or (PurePosixPath(path).suffix not in ENDINGS and "." in path.rpartition("/")[2]):
            return None
        folder = posixpath.dirname(post.external_id)
        for place in (posixpath.normpath(posixpath.join(spelled(folder), path)), path.lstrip("/")):
            bare = str(PurePosixPath(place).with_suffix("")) if PurePosixPath(place).suffix in ENDINGS else place
            for name in (place, bare):
                if found := _only(self._paths.get(name, ()), post):
                    return found
        last = PurePosixPath(path).name
        stem = PurePosixPath(last).stem if PurePosixPath(last).suffix in ENDINGS else last
        return _only(self._names.get(stem, ()), post) or _only(self._names.get(reading.undated(stem), ()), post)


def _page(address):
    """(host, path, query) by which a page is known; None for a site's first page, and for what is no page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    path = spelled(unquote(parts.path)).rstrip("/")
    query = "&".join(one for one in parts.query.split("&") if not CAMPAIGN.match(one))
    is_one = parts.scheme in ("http", "https") and (path or query)
    return (parts.netloc.casefold().removeprefix("www."), path, query) if is_one else None


def _place(path):
    return re.sub(r"(?:/index)?(?:\.html?)?/?\Z", "", spelled(unquote(path)).lstrip("/"))


def spelled(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().removeprefix("./")


def _only(found, post):
    own = [one for one in found if one.language == post.language]
    found = own if len(own) == 1 else found
    return found[0] if len(found) == 1 else None
