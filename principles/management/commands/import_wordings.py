"""Load the seven principles out of a page's text."""

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import URLValidator
from django.db import transaction

from chapter import languages
from chapter.fields import clean_line
from chapter.pages.texts import SHIPPED_SOURCE

from ...models import PrincipleWording
from ...wordings import TooLong, adopt_page, chapter_today
from ...wordings_import import MAX_BYTES, NotSevenPrinciples, read_principles

LONGEST = {name: PrincipleWording._meta.get_field(name).max_length for name in ("source_name", "source_url")}
SHOWN = 300  # characters of the text that was left out
LAST_WORDS = 8


class Command(BaseCommand):
    help = "Read the seven principles out of a page's text (UTF-8) and adopt them as current wordings. Repeatable."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the page's text, copied into a file")
        parser.add_argument("--language", required=True, help="nb, sv or en")
        parser.add_argument("--source", required=True, metavar="URL", help="address of the page")
        parser.add_argument("--source-name", default="", help="whose page it is; otherwise the address's host")
        parser.add_argument("--adopted", required=True, metavar="DATE", help="when they were adopted, as 2018-03-12")
        parser.add_argument("--dry-run", action="store_true", help="show what would be done and store nothing")

    def handle(self, *, file, language, source, source_name, adopted, dry_run, **options):
        wanted = {
            "language": check_language(language),
            "source_url": check_address(source),
            "source_name": check_source_name(source_name or urlsplit(source).hostname),
            "adopted_on": check_day(adopted),
        }
        try:
            page = read_principles(read_text(Path(file)))
            adopted_wordings = self._adopt(page, wanted, dry_run=dry_run)
        except (NotSevenPrinciples, TooLong) as refusal:
            raise CommandError(f"{refusal} Nothing was stored.") from refusal
        self._report(page, adopted_wordings)
        if dry_run:
            self.stdout.write("Dry run: nothing was stored.")

    def _adopt(self, page, wanted, *, dry_run):
        with transaction.atomic():
            adopted_wordings = adopt_page(page, **wanted)
            transaction.set_rollback(dry_run)
        return adopted_wordings

    def _report(self, page, adopted_wordings):
        for wording, is_new in adopted_wordings:
            state = f"new, version {wording.version}" if is_new else f"unchanged, version {wording.version}"
            self.stdout.write(f"{wording.principle_id}. {wording.title} ({state})")
        last = " ".join(page.wordings[-1].body.split()[-LAST_WORDS:])
        self.stdout.write(f"Number 7 ends with: … {last}")
        self.stdout.write(_left_out(" ".join(page.left_out.split())))


def _left_out(text):
    if not text:
        return "Nothing stood after number 7."
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN]} …"
    return f"Left out after number 7 ({len(text)} characters): {shown}"


def read_text(path) -> str:
    """The text of a UTF-8 file of at most MAX_BYTES; a CommandError for anything else."""
    try:
        if not path.is_file():
            raise CommandError(f"{path} is not a file." if path.exists() else f"There is no file {path}.")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    if len(raw) > MAX_BYTES:
        raise CommandError(f"{path} is longer than {MAX_BYTES // 1000} kB. Copy the part with the principles.")
    return _decoded(path, raw)


def _decoded(path, raw):
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{path} is not UTF-8 (byte {error.start + 1}). Save it again with the encoding UTF-8."
        ) from error
    if not text.strip():
        raise CommandError(f"{path} is empty.")
    return text


def check_language(code) -> str:
    if code not in languages.CODES:
        raise CommandError(f"--language {code}: the site has {', '.join(languages.CODES)}.")
    return code


def check_address(address) -> str:
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise CommandError(f"--source {address}: give the page's whole address, with https://.") from error
    if len(address) > LONGEST["source_url"]:
        raise CommandError(f"--source is longer than {LONGEST['source_url']} characters.")
    return address


def check_source_name(name) -> str:
    name = clean_line(name)
    if name.casefold() == SHIPPED_SOURCE.casefold():
        raise CommandError(f"--source-name {name}: that is the name of the shipped wordings.")
    if len(name) > LONGEST["source_name"]:
        raise CommandError(f"--source-name is longer than {LONGEST['source_name']} characters.")
    return name


def check_day(text) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--adopted {text}: write the date as 2018-03-12.") from error
    if day > chapter_today():
        raise CommandError(f"--adopted {text}: that day has not come yet.")
    return day
