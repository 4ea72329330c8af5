"""The kinds of activities. Each has a room of its own, which registers here what it adds to the board."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from ..models import Activity

_kinds = {}


class Step(NamedTuple):
    """A button of the leader: its verb, its label, and the fields that it sends."""

    verb: str
    label: str
    fields: dict


@dataclass(frozen=True)
class Act:
    """What a verb of `…/do/<verb>/` does.

    `do(form, by=participant, member=…)` gets the valid form and returns the row that its person is shown, if any;
    `message` is said afterwards. `leads_to(row)` is where a page without the script goes then, if not to the board.
    `inner(row, me)`: (template, context) of what the form itself holds afterwards, for what a whole hall presses again and
    again: the script gets that alone, and not the whole own part. `for_organisers`: also for those who have not joined.
    """

    form: type
    do: Callable
    message: str = ""
    leads_to: Callable | None = None
    inner: Callable | None = None
    for_organisers: bool = False


def on_row(name, verb, *, told=False) -> Callable:
    """For an Act: `verb` on the row that the form's field `name` found; with `told` it also gets who is signed in."""

    def do(form, *, by, member):
        data = dict(form.cleaned_data)
        more = {"member": member} if told else {}
        return verb(data.pop(name), by=by, **data, **more)

    return do


@dataclass(frozen=True)
class Kind:
    """What an activity of one kind adds.

    `folder` has the templates `_stage`, `_lists`, `_mine`, `_lead`, `_screen` and `_say`. `steps`: (value, label) of each
    but the closed one. `acts`: what can be done at `…/do/<verb>/`. `snapshot(board, activity, people)`: an
    ActivitySnapshot; `people()` counts them. `own(request, now, me, form)` and `lead(now, me, form)`: context for `_mine` and `_lead`; the
    latter has a `next_step`. `time_is_up(board, activity)` and `close(board, activity)` change the locked rows.
    `watching`: steps in which nobody writes, so that a page without the script may load itself again.
    `beside(board, at, people)`: for a kind whose pages stay live while the room does something else, the snapshot of the
    page `at`, which is the kind's value or begins with it and a hyphen; None where there is no such page.
    `page_marks(board_id, at)`: of the pages that begin so (or of `at` alone) a mark of what each shows now, in one query:
    there may be hundreds, and only those that have changed are drawn for their viewers.
    """

    value: str
    invitation: str
    folder: str
    steps: tuple
    form: type
    acts: dict
    snapshot: Callable
    own: Callable
    lead: Callable
    close: Callable
    time_is_up: Callable | None = None
    watching: tuple = ()
    beside: Callable | None = None
    page_marks: Callable | None = None

    @property
    def label(self):
        return Activity.Kind(self.value).label

    @property
    def first_step(self):
        return self.steps[0][0]

    def template(self, part):
        return f"{self.folder}/_{part}.html"


def register(kind) -> None:
    _kinds[kind.value] = kind


def kind_of(activity) -> Kind:
    return _kinds[activity.kind]


def kinds() -> list[Kind]:
    """In the order of Activity.Kind."""
    return [_kinds[value] for value in Activity.Kind.values if value in _kinds]


def kind_at(at) -> Kind | None:
    """The kind that has a page of this name beside what the room does."""
    kind = _kinds.get(at.partition("-")[0])
    return kind if kind and kind.beside else None
