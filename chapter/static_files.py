"""Style sheets: one small file per component to write in, one file to send."""

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
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
    "components/editor.css",
    "components/error-page.css",
    "components/event.css",
    "components/filters.css",
    "components/fold.css",
    "components/footer.css",
    "components/form.css",
    "components/header.css",
    "components/hero.css",
    "components/mailbox.css",
    "components/note.css",
    "components/notice.css",
    "components/pager.css",
    "components/panel.css",
    "components/people.css",
    "components/post.css",
    "components/poster.css",
    "components/principle.css",
    "components/prose.css",
    "components/rsvp.css",
    "components/search.css",
    "components/table.css",
    "components/ticket.css",
    "utilities.css",
    PRINT,
]


class BundlingStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files, with all style sheets joined into one when they are collected."""

    is_bundled = True

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            self._write_bundle(paths)
        yield from super().post_process(paths, dry_run, **options)

    def _write_bundle(self, paths):
        self.delete(BUNDLE)
        self._save(BUNDLE, ContentFile("\n".join(self._source(paths, name) for name in STYLES).encode()))
        paths[BUNDLE] = (self, BUNDLE)

    def _source(self, paths, name):
        storage, path = paths[f"css/{name}"]
        with storage.open(path) as file:
            css = file.read().decode()
        return f"@media print {{\n{css}\n}}" if name == PRINT else css
