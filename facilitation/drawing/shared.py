"""What everybody at a board sees, read in a constant number of queries and drawn once for each language.

Nothing here depends on the reader: no request, no form, and never who placed a dot or raised a thumb.
"""

import re
from dataclasses import dataclass, field
from hashlib import blake2b

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import MD5, Concat
from django.template.loader import render_to_string
from django.utils import timezone, translation

from microactions.models import Makker, Microaction

from ..activities import ActivitySnapshot, kind_at, kind_of
from ..models import Board, Dot, Round, Thumb, Topic
from .part import SPREAD, Part

TABLE, SCREEN = "table", "screen"
TEMPLATES = {TABLE: "facilitation/drawing/shared/_shared.html", SCREEN: "facilitation/drawing/screen/_screen.html"}
INDENTATION = re.compile(r"\s*\n\s*")
SHOWN_OF_PLEDGE = ("visibility", "name", "what", "cue", "first_step", "status")
BEFORE_TALK = (Board.Phase.GATHER, Board.Phase.PITCH, Board.Phase.DOTS)
# A hall writes more than anybody reads, and all of it would go to everybody again with each new one.
MOST_PLEDGES = 60
# Whoever asks for an activity without the stream is told that nothing has changed for so long.
MILLISECONDS_KEPT = 3000
# When a step begins every phone fetches its own part: a hall over so long that the site still answers others meanwhile.
SPREAD_A_PERSON = 8
PARTS = ("leader", "led_before", "pitching", "at_event", "session__activity__board__at_event", "activity")


@dataclass(frozen=True)
class Snapshot:
    """The Lean Coffee at one moment. While notes are hidden it has only their number.

    An `ActivitySnapshot` has the same places on the page, with templates of its own.
    """

    activity = look_again = marks = None
    at = ""
    is_led = True
    stage = "facilitation/drawing/shared/_stage.html"
    lists = "facilitation/drawing/shared/_lists.html"
    say = "facilitation/drawing/shared/_say.html"
    mine = "facilitation/drawing/own/_lean_coffee.html"
    lead = "facilitation/drawing/leader/_lean_coffee.html"
    body = "facilitation/drawing/screen/_body.html"

    board: Board
    people: int
    ready: int
    note_count: int
    # In the order of pitching, and with `dots` in the order of the queue once the sums may be seen.
    topics: list[Topic] = field(default_factory=list)
    dots_used: int = 0
    thumbs_in: int = 0
    plus: list = field(default_factory=list)
    delta: list = field(default_factory=list)
    pledge_count: int = 0
    # The newest MOST_PLEDGES that may be read, and how many more.
    pledges: list[Microaction] = field(default_factory=list)
    more_pledges: int = 0
    paired: int = 0

    @property
    def address(self):
        return self.board.get_absolute_url()

    @property
    def dots_all(self):
        return self.people * self.board.dots_each

    @property
    def talking(self):
        """The topic on the table in the talk phase; another phase leaves its state and its clock as they are."""
        is_talk = self.board.phase == Board.Phase.TALK
        return next((topic for topic in self.topics if is_talk and topic.is_talking), None)

    @property
    def beside_pitched(self):
        """All but the note that is pitched: first those to come, then those that have been."""
        pitched = self.board.pitching
        return sorted(
            (topic for topic in self.topics if topic != pitched), key=lambda topic: topic.position < pitched.position
        )

    @property
    def queue(self):
        return [topic for topic in self.topics if topic.is_waiting]

    @property
    def over(self):
        return [topic for topic in self.topics if topic.is_done or topic.is_parked]

    @property
    def round(self):
        # It runs, is paused, or waits for the thumbs to be counted.
        last = self.talking and self.talking.current_round
        return None if last is None or last.is_settled else last

    @property
    def verdict(self):
        """The settled round that says why the topic on the table goes on, or how the last one ended; its `topic` is read."""
        if not _has_been_talked(self.board):
            return None
        topics = [self.talking] if self.talking else self.topics
        settled = [round for topic in topics for round in topic.rounds.all() if round.is_settled]
        last = max(settled, key=lambda round: round.started_at, default=None)
        goes_on = last is not None and last.result == Round.Result.CONTINUE
        return last if goes_on == (self.talking is not None) else None

    @property
    def is_voting(self):
        return bool(self.round and self.round.is_voting)

    @property
    def ends_at(self):
        return milliseconds(self.round.ends_at) if self.round and self.round.is_running else None

    @property
    def moment(self):
        # Another one is what all look at now.
        return f"{self.board.phase} {self.talking.pk if self.talking else ''} {self.is_voting}"

    @property
    def stamp(self):
        """A digest of what decides what each person can do, so that 500 phones do not ask again after every note."""
        board, now = self.board, self.round
        facts = [board.phase, board.is_sealed, board.leader_id, board.led_before_id, board.role_locked]
        facts += [board.dots_each, board.one_device, self.talking and self.talking.pk]
        facts += [now and now.number, self.is_voting, self.paired]
        # While notes are gathered, and on a closed board, no form names a topic.
        if board.phase not in (Board.Phase.GATHER, Board.Phase.CLOSED):
            facts += [
                (topic.pk, topic.text, topic.state) for topic in sorted(self.topics, key=lambda topic: topic.pk)
            ]
        return blake2b(repr(facts).encode(), digest_size=8).hexdigest()


def milliseconds(at) -> int:
    return int(at.timestamp() * 1000)


def server_now() -> int:
    # Every browser corrects its own clock by it.
    return milliseconds(timezone.now())


def part(board_id, *, language, view) -> Part:
    return parts(board_id, [(language, view)])[language, view]


def parts(board_id, readers) -> dict[tuple[str, str], Part]:
    """{(language, view): Part} for several kinds of readers, from one snapshot. Raises Board.DoesNotExist."""
    board = Board.objects.select_related(*PARTS).get(pk=board_id)
    seen = {at: look(board, at) for at in {at_of(view) for _, view in readers}}
    return {(language, view): _draw(seen[at_of(view)], language, view) for language, view in readers}


def at_of(view) -> str:
    """Which page a view is of: what the room does, or a page that stays beside it."""
    return "" if view in TEMPLATES else view


def _draw(now, language, view):
    # Read before drawing, so that the end of a round meanwhile is still announced.
    board, ends_at = now.board, now.ends_at
    # The event caches the wording of the language that asked first.
    board.event.__dict__.pop("best", None)
    with translation.override(language):
        html = render_to_string(TEMPLATES.get(view, TEMPLATES[TABLE]), {"board": board, "now": now})
    # Indentation is half of a drawn list, and goes to everybody.
    html = INDENTATION.sub("\n", html).strip()
    return Part(
        version=board.version,
        stamp=now.stamp,
        html=html,
        ends_at=ends_at,
        look_again=now.look_again,
        marks=now.marks,
        spread=max(SPREAD, SPREAD_A_PERSON * now.people),
    )


def stored_key(code, *, language, view) -> str | None:
    """The ETag of what `part` would draw, from one query; None for an unknown board.

    What changes the page without a new version is in the key: the end of a round, who may read a microaction, and for
    an activity, where what many send at once is counted only when it is drawn, the time.
    """
    due = Round.objects.filter(topic__board=OuterRef("pk"), topic__state=Topic.State.TALKING)
    due = due.filter(result="", paused_seconds=None, ends_at__lte=timezone.now())
    facts = ("version", Exists(due), Subquery(_digest_of_pledges()), "activity")
    row = Board.objects.filter(code=code).values_list(*facts).first()
    moment = server_now() // MILLISECONDS_KEPT if row and (row[3] or at_of(view)) else ""
    return row and f"{row[0]}-{language}-{view}-{int(row[1])}-{row[2] or ''}-{moment}"


def _digest_of_pledges():
    # A digest of what may be read of a board's microactions; NULL where nothing may.
    words = Concat(*SHOWN_OF_PLEDGE, output_field=CharField())
    rows = Microaction.objects.at_event().filter(at_board__board=OuterRef("pk")).order_by()
    return (
        rows.values(board=F("at_board__board")).annotate(all=MD5(StringAgg(words, "|", order_by="pk"))).values("all")
    )


def snapshot(board) -> Snapshot | ActivitySnapshot:
    """Everything that all may see. `board` must be read before, so that no state is sent under a newer version."""
    if board.activity:
        return of_activity(board, board.activity)
    return _lean_coffee(board)


def look(board, at="") -> Snapshot | ActivitySnapshot:
    """What the page `at` of a board shows; what the room does for none, and where there is no such page any more."""
    kind = at and kind_at(at)
    found = kind and kind.beside(board, at, lambda: _people(board)["people"])
    return found or snapshot(board)


def of_activity(board, activity) -> ActivitySnapshot:
    """An activity of this board, also one that is not shown to the room now."""
    return kind_of(activity).snapshot(board, activity, lambda: _people(board)["people"])


def _lean_coffee(board):
    topics = _topics(board)
    pledges = board.pledges
    return Snapshot(
        board=board,
        note_count=board.topics.standing().count() if board.notes_are_hidden else len(topics),
        topics=topics,
        dots_used=_dots_used(board),
        thumbs_in=_thumbs_in(topics),
        plus=list(board.retro_items.filter(kind="plus")),
        delta=list(board.retro_items.filter(kind="delta")),
        pledge_count=pledges.count(),
        paired=_paired(board),
        **_pledges(board),
        **_people(board),
    )


def _topics(board):
    if board.notes_are_hidden:
        return []
    topics = board.topics.standing()
    topics = topics.for_board() if _has_been_talked(board) else topics.with_variants()
    return list(topics.in_pitch_order() if board.totals_are_hidden else topics.in_queue_order())


def _has_been_talked(board):
    # Rounds and takeaways are shown; before that, reading them would only cost queries.
    return board.phase not in BEFORE_TALK


def _people(board):
    counted = board.participants.aggregate(people=Count("pk"), ready=Count("pk", filter=Q(is_ready=True)))
    return {**counted, "people": counted["people"] + board.room_people}


def _dots_used(board):
    # Before the closing `sealed_dots` are of those who have left, and are not counted here.
    kept = Sum("sealed_dots") if board.is_sealed else 0
    stored = board.topics.aggregate(n=Sum("room_dots") + kept)["n"] or 0
    return Dot.objects.filter(topic__board=board).count() + stored


def _thumbs_in(topics):
    # Only how many, while they are asked for: which way they point is told after the count.
    rounds = [topic.current_round for topic in topics if topic.is_talking]
    open_now = [round.pk for round in rounds if round and round.is_voting]
    return Thumb.objects.filter(round__in=open_now).count()


def _paired(board):
    if board.phase != Board.Phase.MICROACTION:
        return 0
    return Makker.objects.accepted().filter(microaction__at_board__board=board).count()


def _pledges(board):
    # Those for the people at the meetup; once the board is closed everybody with the link reads it, so only public ones.
    rows = Microaction.objects.filter(at_board__board=board)
    rows = rows.public() if board.is_closed else rows.at_event()
    newest = list(rows.order_by("-created_at", "-id")[: MOST_PLEDGES + 1])
    more = rows.count() - MOST_PLEDGES if len(newest) > MOST_PLEDGES else 0
    return {"pledges": newest[:MOST_PLEDGES][::-1], "more_pledges": more}
