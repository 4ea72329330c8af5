"""The pictures of imported posts: found in a folder or fetched, re-encoded like every upload, and described.

A post never fails for a picture: its text keeps a link instead, and the report says so. A picture without a description
gets the editor's placeholder, which keeps the post from being published until a person has described it. Pictures are
stored before their post, in transactions of their own; each gets a mark, and is not stored again.
"""

import re
from hashlib import sha256
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.utils.translation import override

from chapter.fields import clean_line
from chapter.models import Image
from chapter.pictures import MAX_BYTES, UnusableImage, draw, placeholder, store_image
from chapter.remarks import Remark, in_each_language
from chapter.remarks import remark as _
from chapter.transfer import fetching, mark, marked

from . import picture_places
from .picture_places import Beside, NoPicture, file_name

MAX_PER_POST = 200
SECONDS = 30
IN_TEXT = re.compile(
    r"!\[(?P<alt>(?:\\.|[^\]\\]){0,1000})\]\([ \t]*(?P<address><[^<>\n]{1,2000}>|[^\s()<>]{1,2000})"
    r"(?:[ \t]+\"(?P<title>(?:\\.|[^\"\\]){0,1000})\")?[ \t]*\)"
)
ESCAPED = re.compile(r"\\([^\w\s])")
# After one of these errors the same server is not asked again in this run.
SILENT = {"unreachable", "unknown_host", "slow", "tls", "not_public"}
OWN = "/media/images/"


class Pictures:
    """One run's pictures. `root` holds the files that texts name, `beside` copies of what addresses lead to."""

    def __init__(self, *, source, report, root=None, beside=None, fetches=True, dry_run=False):
        self.source, self.report, self.fetches, self.dry_run = source, report, fetches, dry_run
        self.root, self.beside = root, Beside(beside)
        self._silent, self._failed, self._inside = set(), {}, {}
        self.left_links = 0

    def settle(self, post, *, folder=None):
        """(text, cover): the text with its pictures' new addresses, and the cover's Image or None."""
        self._inside = post.embedded
        with override(post.language):
            left = iter(range(MAX_PER_POST))
            body = IN_TEXT.sub(
                lambda match: self._one(match, post, folder, left=next(left, None) is not None), post.body
            )
            cover = self._cover(post, folder) if post.cover else None
        return body, cover

    def _one(self, match, post, folder, *, left):
        address, alt = match["address"].strip("<>"), match["alt"]
        # In our own export: the picture is stored here already.
        if address.startswith(OWN):
            return match[0]
        is_far = address.startswith(("http://", "https://"))
        if is_far and not (self.fetches or self.beside):
            self.left_links += 1
            return _link(alt, address)
        try:
            image = self._image(
                address, folder, alt=_plain(alt), caption=_plain(match["title"] or ""), is_wanted=left
            )
        except NoPicture as error:
            self.report.note(
                _(
                    "{title}: the picture {address} is left out: {error}",
                    title=post.title,
                    address=address,
                    error=str(error),
                )
            )
            return _link(alt, address) if is_far else alt if address in self._inside else match[0]
        title = f' "{match["title"]}"' if match["title"] else ""
        return f"![{alt or placeholder()}]({image.file.url}{title})" if image else match[0]

    def _cover(self, post, folder):
        wanted = post.cover
        try:
            if wanted.address.startswith(OWN):
                return _own(wanted.address)
            said = {"alt": wanted.alt, "caption": wanted.caption, "credit": wanted.credit}
            return self._image(wanted.address, folder, **said, is_decorative=wanted.is_decorative)
        except NoPicture as error:
            self.report.note(
                _(
                    "{title}: the cover {address} is left out: {error}",
                    title=post.title,
                    address=wanted.address,
                    error=str(error),
                )
            )
            return None

    def _image(self, address, folder, *, is_wanted=True, **said):
        """The stored Image; None in a dry run for a new one. Raises NoPicture."""
        if not is_wanted:
            raise NoPicture(_("a post has at most {number} pictures", number=MAX_PER_POST))
        if address in self._failed:
            raise NoPicture(self._failed[address])
        try:
            return self._known(address, folder) or self._new(address, folder, **said)
        except NoPicture as error:
            # So that a picture used often is asked for once.
            if "://" in address:
                self._failed[address] = str(error)
            raise

    def _known(self, address, folder):
        name = self._name(address, folder)
        return Image.objects.filter(pk=marked(Image, source=self.source, external_id=name)).first()

    def _new(self, address, folder, *, alt, **said):
        if self.dry_run and self.fetches and self._must_be_fetched(address):
            return None
        said |= {name: _short(said.get(name, ""), length) for name, length in (("caption", 300), ("credit", 120))}
        upload = ContentFile(self._content(address, folder), name="picture")
        try:
            drawing = draw(upload, patience=SECONDS)
            if self.dry_run:
                return None
            image = store_image(drawing, alt=_short(alt, 300) or placeholder(), **said)
        except UnusableImage as error:
            raise NoPicture(_said(error)) from error
        mark(image, source=self.source, external_id=self._name(address, folder))
        return image

    def _name(self, address, folder):
        # What the source calls it. A file's content is part of that: another picture may have its name next time.
        if "://" in address or address in self._inside:
            return address
        content = self._file(address, folder).read_bytes()
        return f"{address[-400:]} {sha256(content).hexdigest()[:32]}"

    def _must_be_fetched(self, address):
        return "://" in address and self.beside.find(address) is None

    def _content(self, address, folder):
        if address in self._inside:
            return _no_larger(self._inside[address])
        if "://" not in address:
            return self._file(address, folder).read_bytes()
        beside = self.beside.find(address)
        return _checked(beside).read_bytes() if beside else self._fetched(address)

    def _fetched(self, address):
        host = urlsplit(address).netloc
        if not self.fetches:
            raise NoPicture(_("fetching was turned off"))
        if host in self._silent:
            raise NoPicture(_("its server didn’t answer earlier"))
        try:
            return fetching.fetch(address, max_bytes=MAX_BYTES, timeout=SECONDS).body
        except fetching.FetchError as error:
            if error.code in SILENT:
                self._silent.add(host)
            raise NoPicture(str(error)) from error

    def _file(self, address, folder):
        """A file in the folder that is imported, or in the one beside. Raises NoPicture."""
        try:
            if self.root is None:
                raise NoPicture(_("it isn’t in the folder"))
            return _checked(picture_places.in_folder(address, self.root, folder))
        except NoPicture:
            if beside := self.beside.find(address):
                return _checked(beside)
            raise


def _checked(path):
    try:
        if not path.is_file():
            raise NoPicture(_("there is no such file"))
        if path.stat().st_size > MAX_BYTES:
            raise NoPicture(_("it is larger than 8 MB"))
    except (OSError, ValueError) as error:
        raise NoPicture(_("there is no such file")) from error
    return path


def _no_larger(content):
    if len(content) > MAX_BYTES:
        raise NoPicture(_("it is larger than 8 MB"))
    return content


def _said(error):
    return Remark(in_each_language(lambda: " ".join(error.messages)))


def _own(address):
    image = Image.objects.filter(file=address.removeprefix("/media/")).first()
    if image is None:
        raise NoPicture(_("there is no such picture here"))
    return image


def _link(alt, address):
    words = alt or file_name(address).replace("[", "").replace("]", "") or "…"
    return f"[{words}]({address})"


def _plain(line):
    return clean_line(ESCAPED.sub(r"\1", line))


def _short(line, length):
    return line if len(line) <= length else f"{line[: length - 1]}…"
