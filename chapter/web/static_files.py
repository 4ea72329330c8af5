"""Style sheets: one small file per component to write in, one file to send; pages of one kind may have a second."""

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

PRINT = "print.css"
# In this order; the layers in tokens.css decide what wins, not the order.
STYLES = [
    "tokens.css",
    "base.css",
    "layout.css",
    "components/button.css",
    "components/card-link.css",
    "components/check-in.css",
    "components/chip.css",
    "components/comment.css",
    "components/desk.css",
    "components/diff.css",
    "components/door.css",
    "components/editor.css",
    "components/error-page.css",
    "components/event-bar.css",
    "components/event.css",
    "components/filters.css",
    "components/fold.css",
    "components/footer.css",
    "components/form.css",
    "components/header.css",
    "components/hero.css",
    "components/ideas.css",
    "components/log.css",
    "components/mailbox.css",
    "components/note.css",
    "components/notice.css",
    "components/pager.css",
    "components/panel.css",
    "components/people.css",
    "components/photos.css",
    "components/post.css",
    "components/poster.css",
    "components/principle.css",
    "components/prose.css",
    "components/rsvp.css",
    "components/search.css",
    "components/season.css",
    "components/series.css",
    "components/since.css",
    "components/snippet.css",
    "components/table.css",
    "components/ticket.css",
    "utilities.css",
    PRINT,
]
# Sent to the pages of a board only, after the site's own, so that no other page carries them.
BOARD_STYLES = [
    "board/board.css",
    "board/phases.css",
    "board/lead.css",
    "board/topic.css",
    "board/pips.css",
    "board/clock.css",
    "board/thumbs.css",
    "board/lists.css",
    "board/join.css",
    "board/screen.css",
    "board/paper-card.css",
]
# The list of events for frames on other pages, which needs nothing of the site but its values.
EMBED_STYLES = ["tokens.css", "base.css", "embed/embed.css"]
BUNDLES = {"site": STYLES, "board": BOARD_STYLES, "embed": EMBED_STYLES}


def bundle_file(bundle):
    """Where the joined style sheets of a bundle are served from."""
    return f"css/{bundle}.css"


class BundlingStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files, with the style sheets of each bundle joined into one when they are collected."""

    is_bundled = True

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            for bundle in BUNDLES:
                self._write(bundle, paths)
        yield from super().post_process(paths, dry_run, **options)

    def _write(self, bundle, paths):
        name = bundle_file(bundle)
        self.delete(name)
        self._save(name, ContentFile("\n".join(self._source(paths, source) for source in BUNDLES[bundle]).encode()))
        paths[name] = (self, name)

    def _source(self, paths, name):
        storage, path = paths[f"css/{name}"]
        with storage.open(path) as file:
            css = file.read().decode()
        return f"@media print {{\n{css}\n}}" if name == PRINT else css
