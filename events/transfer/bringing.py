"""Events from a file of an organiser: all of them are stored, or none."""

from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from chapter import audit
from chapter.models import ImportFile
from chapter.transfer import bringing, dry_run_transaction, foreign_tables

from .. import reading
from . import files

audit.describe("events_brought_in", gettext_lazy("brought in events from a file"))


@app.task(name="events.work_on_file")
def work_on_file(file_id):
    bringing.work_on(DOOR, file_id)


def run(content, report, *, name, dry_run, tell, **options):
    with dry_run_transaction(dry_run=dry_run):
        files.import_file(content, report=report, **options)


DOOR = bringing.Door(
    kind=ImportFile.Kind.EVENTS,
    verb="events_brought_in",
    job=work_on_file,
    run=run,
    refusals=(reading.Unreadable, foreign_tables.Unreadable),
)
