"""Style sheets: written as one small file per component, sent as one file per bundle."""

from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

CSS = settings.BASE_DIR / "static/css"
PRINT = "print.css"
PATTERNS = {
    # A folder is a bundle of its own: the pages that need it link it after the site's, and no other page carries it.
    **{
        folder.name: (f"{folder.name}/*.css",)
        for folder in CSS.iterdir()
        if folder.is_dir() and folder.name != "components"
    },
    # In the order of the layers that tokens.css declares; within a layer, in the order of the alphabet.
    "site": ("tokens.css", "typeface.css", "base.css", "layout.css", "components/*.css", "utilities.css", PRINT),
    # The list of events for frames on other pages needs nothing of the site but its values.
    "embed": ("tokens.css", "typeface.css", "base.css", "embed/*.css"),
}
# Read at start: a new file needs a restart.
BUNDLES = {
    bundle: [path.relative_to(CSS).as_posix() for pattern in patterns for path in sorted(CSS.glob(pattern))]
    for bundle, patterns in PATTERNS.items()
}


def bundle_file(bundle):
    return f"css/{bundle}.css"


class BundlingStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; collecting them joins the style sheets of each bundle into one."""

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
