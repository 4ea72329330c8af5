"""Public microactions as a table and back, without addresses, manage links and accounts.

A name is there if its person chose to show it. Cheers are a number without the people. An imported microaction has no
person, so no mail is sent about it; organisers hide it on request, like any other.
"""

import secrets

from django.db import connection
from django.db.models import Count, Max, Q

from chapter.refusals import Refused
from chapter.transfer import tables
from events.models import Event
from principles.models import Principle

from .models import Cheer, Microaction

OWN = (
    "id",
    "language",
    "name",
    "what",
    "due_on",
    "moment",
    "cue",
    "first_step",
    "status",
    "result",
    "result_at",
    "revision",
    "revised_at",
    "round",
    "answered_at",
    "approved_at",
    "created_at",
)
COLUMNS = (*OWN, "principle", "event", "led_to", "cheers")
FILE = "microactions.csv"
MAX_CHEERS = 10_000
# The sequence goes on from the highest number, so one near the column's limit would leave none for new pledges.
MAX_NUMBER = 10**9


def export(folder, *, drafts) -> set:
    """Write the table of public ones; returns no pictures, since none are shown."""
    rows = Microaction.objects.public().order_by("id").select_related("event", "led_to")
    rows = rows.annotate(cheer_count=Count("cheers"))
    tables.write(folder / FILE, COLUMNS, (_row(row, drafts=drafts) for row in rows))
    return set()


def _row(row, *, drafts):
    return {
        **tables.cells(row, OWN),
        "principle": tables.as_text(row.principle_id),
        "event": _event_cell(row.event, drafts=drafts),
        "led_to": _event_cell(row.led_to, drafts=drafts),
        "cheers": str(row.cheer_count),
    }


def _event_cell(event, *, drafts):
    return "" if event is None or (event.is_draft and not drafts) else str(event.uid)


def restore(folder, *, report) -> None:
    """Add the missing rows of the table, each under its old number, its address, where that is free. Needs a transaction."""
    for row in tables.read(folder / FILE):
        with report.row(f"microaction {row['id']}"):
            _restore_row(row, report=report)
    _count_on()


def _restore_row(row, *, report):
    columns = tables.values(Microaction, row, OWN)
    what = f"microaction {row['id']}: {row['what']}"
    # Imported before, under its own number or, where that was taken, under another.
    if Microaction.objects.filter(Q(pk=columns["id"]) | Q(what=row["what"]), created_at=columns["created_at"]):
        return report.same(what)
    if columns["id"] > MAX_NUMBER or Microaction.objects.filter(pk=columns["id"]).exists():
        del columns["id"]
    columns |= {name: _one(Event, uid=row[name]) for name in ("event", "led_to")}
    columns["principle"] = _one(Principle, pk=row["principle"])
    made = Microaction(**columns, visibility=Microaction.Visibility.PUBLIC)
    made.full_clean()
    made.save(force_insert=True)
    _cheer(made, times=min(int(row["cheers"]), MAX_CHEERS))
    return report.made(what)


def _one(model, **named):
    """The row of this name, or None for no name. Raises Refused where there is none."""
    if "" in named.values():
        return None
    found = model.objects.filter(**named).first()
    if found is None:
        raise Refused(f"its {model._meta.model_name} is not here")
    return found


def _cheer(microaction, *, times):
    # Each from a visitor whom nobody knows: a file holds no keys of browsers.
    Cheer.objects.bulk_create(Cheer(microaction=microaction, visitor=secrets.token_hex(20)) for _ in range(times))


def _count_on():
    # Rows with numbers of their own do not move the sequence: the next pledge must not get one of theirs.
    table = Microaction._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        (sequence,) = cursor.fetchone()
        last = Microaction.objects.aggregate(last=Max("pk"))["last"] or 1
        cursor.execute("SELECT setval(%s, GREATEST(%s, nextval(%s)))", [sequence, last, sequence])
