"""The wordings of the seven principles, every version, as files and back."""

from chapter.transfer import exporting, wording_files

from .models import Principle, PrincipleWording

FOLDER = "wordings/principles"


def export(folder, *, drafts) -> set:
    """Write every version; returns the names of the pictures in them."""
    rows = PrincipleWording.objects.order_by("principle", "language", "version")
    wording_files.write(folder / FOLDER, rows, key="principle_id")
    return exporting.texts_pictures(rows)


def restore(folder, *, report) -> None:
    """Add the missing versions. Needs a transaction."""
    subjects = {str(row.number): row for row in Principle.objects.all()}
    wording_files.read(folder / FOLDER, PrincipleWording, subjects=subjects, report=report)
