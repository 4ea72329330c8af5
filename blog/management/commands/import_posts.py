"""Bring posts in from another blog."""

from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from chapter.languages import CODES
from chapter.models import Chapter
from chapter.refusals import Refused
from chapter.transfer.importing import Report, conclude, dry_run_transaction

from ... import reading
from ...transfer import bringing, importing, known
from ...transfer.pictures import Pictures


class Command(BaseCommand):
    help = (
        "Import posts from an export of WordPress or Squarespace (WXR, an .xml file), or from a folder of Markdown files "
        "with front matter, also as a ZIP file. They become drafts with their dates, unless --publish is given. Repeatable: a post that "
        "has changed at its source is changed here, unless someone has edited it here."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", help="the .xml or .zip file, or the folder")
        parser.add_argument("--dry-run", action="store_true", help="show what would be done; store and fetch nothing")
        parser.add_argument("--language", default="", help="of posts that do not say theirs; else the chapter's")
        parser.add_argument(
            "--source", default="", help="the source's name, the same each time; else its address or folder"
        )
        parser.add_argument("--author-as", default="", metavar="NAME", help="the author of every post")
        parser.add_argument("--publish", action="store_true", help="publish what was published and lacks nothing")
        parser.add_argument(
            "--drafts", action="store_true", help="take drafts, private and unfinished posts, too; they stay drafts"
        )
        parser.add_argument(
            "--images", default="", metavar="FOLDER", help="where pictures lie, found by the end of their addresses"
        )
        parser.add_argument("--no-images", action="store_true", help="fetch no pictures: leave links to them")

    def handle(self, *, path, dry_run, language, source, author_as, publish, drafts, images, no_images, **options):
        path, report = Path(path), Report()
        with _read(path, report, language=_language(language), drafts=drafts) as (posts, named, root, beside):
            source = source or known.source_of(posts, named, report)
            for post in posts if author_as else ():
                post.authors = [(author_as, "")]
            pictures = Pictures(
                source=source,
                report=report,
                root=root,
                beside=_folder(images) or beside,
                fetches=not no_images,
                dry_run=dry_run,
            )
            wanted = {"source": source, "report": report, "pictures": pictures, "publish": publish}
            self._take(posts, wanted, folder=root, dry_run=dry_run)
        conclude(self, report, dry_run=dry_run)

    def _take(self, posts, wanted, *, folder, dry_run):
        # A dry run is one transaction that is rolled back; else each post is stored by itself, after its pictures.
        if folder:
            wanted["folder_of"] = lambda post: (folder / post.external_id).parent
        if not dry_run:
            return importing.take_all(posts, **wanted)
        with dry_run_transaction(dry_run=True):
            return importing.take_all(posts, **wanted)


def _language(code):
    code = code or Chapter.load().default_language
    if code not in CODES:
        raise CommandError(f"--language {code}: the site has {', '.join(CODES)}.")
    return code


def _folder(name):
    if name and not Path(name).is_dir():
        raise CommandError(f"--images {name} is not a folder.")
    return Path(name).resolve() if name else None


@contextmanager
def _read(path, report, *, language, drafts):
    """(posts, the source's name, the folder of their pictures or None, that of what their addresses lead to or None)"""
    said = {"language": language, "zone": Chapter.load().time_zone, "drafts": drafts}
    if not path.exists():
        raise CommandError(f"There is no {path}.")
    if not (path.is_dir() or path.is_file()):
        raise CommandError(f"{path} is neither a file nor a folder.")
    with ExitStack() as stack:
        try:
            if path.is_dir():
                root = path.resolve()
                found = reading.read_folder(root, report, **said), root.name, root, None
            else:
                found = stack.enter_context(bringing.read(_content(path), path.name, report, **said))
        except (Refused, OSError) as error:
            raise CommandError(
                f"{path} cannot be read as an export of a blog: {error}. Nothing was stored."
            ) from error
        yield found


def _content(path):
    with path.open("rb") as file:
        return file.read(reading.MAX_EXPORT + 1)
