"""Hands the cut fonts to Django's static files, as if they lay in a folder; they are made when first asked for."""

import hashlib
import os
import tempfile
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from . import source, subset


class TypefaceFinder(BaseFinder):
    def list(self, ignore_patterns):
        self._make_all()
        for name in (*subset.FILES, subset.LICENCE):
            yield name, self.storage

    def find(self, path, find_all=False, **options):
        if path not in (*subset.FILES, subset.LICENCE):
            return []
        self._make_all()
        found = self.storage.path(path)
        return [found] if find_all else found

    @cached_property
    def storage(self):
        # A folder for each recipe: a file that is there is never old.
        return FileSystemStorage(location=settings.BASE_DIR / "var" / "typeface" / _recipe())

    def _make_all(self):
        for name, weight in subset.FILES.items():
            self._keep(name, lambda weight=weight: subset.make(weight))
        self._keep(subset.LICENCE, source.licence().read_bytes)

    def _keep(self, name, make):
        path = Path(self.storage.path(name))
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, make())


def _recipe():
    parts = (version("font-source-sans-pro"), version("fonttools"), Path(subset.__file__).read_text("utf-8"))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def _write_whole(path, content):
    # Several processes may make it at once.
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
