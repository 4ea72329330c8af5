"""An activity as everybody sees it: what all kinds have in common."""

from functools import cached_property
from hashlib import blake2b

from django.utils.translation import gettext

from .kinds import kind_of


class ActivitySnapshot:
    """The board and its activity at one moment. Kinds add what they show, and to `facts` what decides who may do what."""

    # Seconds after which it is drawn again without a notice; None: only when something changes.
    look_again = None
    # A title where the step’s own name says too little; how far the room is, in words.
    title = status = None
    # A number by mark, a list or a dictionary, that rises when what some people see has changed: a phone whose own part
    # carries a mark with a lower number fetches it again. The shared part stays one for all.
    marks = None
    # The name of its page beside what the room does; empty on the board’s own.
    at = ""
    # Whether the page has the leader’s controls.
    is_led = True

    def __init__(self, board, activity, people):
        self.board, self.activity, self._count_people = board, activity, people
        self.kind = kind_of(activity)

    @cached_property
    def people(self):
        # Counted only where it is shown: one’s own part, which 1,400 phones fetch in the same seconds, does without.
        return self._count_people()

    @property
    def where(self):
        """The step, as far as another one changes what each person can do."""
        return [self.activity.step, self.activity.number]

    @property
    def address(self):
        return self.board.get_absolute_url()

    @property
    def facts(self):
        return []

    @property
    def question(self):
        return self.activity.question

    @property
    def stamp(self):
        """A digest of what decides what each person can do: a phone with another one fetches its own part again."""
        board, activity = self.board, self.activity
        facts = [board.leader_id, board.led_before_id, board.role_locked, board.one_device]
        facts += [activity.pk, *self.where, *self.facts]
        return blake2b(repr(facts).encode(), digest_size=8).hexdigest()

    @property
    def ends_at(self):
        return int(self.activity.ends_at.timestamp() * 1000) if self.activity.ends_at else None

    @property
    def moment(self):
        # Another one brings whoever has read on back to the top.
        return f"{self.activity.pk} {self.activity.step} {self.activity.number}"

    @property
    def steps(self):
        """(label, "past" | "now" | "") of each step."""
        values = [value for value, _ in self.kind.steps]
        here = values.index(self.activity.step) if self.activity.step in values else len(values)
        states = ["past"] * here + ["now"] + [""] * len(values)
        return list(zip([label for _, label in self.kind.steps], states, strict=False))

    @property
    def step_label(self):
        return dict(self.kind.steps).get(self.activity.step, gettext("Closed"))

    def template(self, part):
        return self.kind.template(part)

    # In templates
    @property
    def stage(self):
        return "facilitation/activities/_stage.html"

    @property
    def lists(self):
        return self.template("lists")

    @property
    def result(self):
        """What came of it, on its own page."""
        return self.lists

    @property
    def say(self):
        return self.template("say")

    @property
    def mine(self):
        return self.template("mine")

    @property
    def lead(self):
        return self.template("lead")

    @property
    def body(self):
        return "facilitation/activities/_screen.html"

    @property
    def scene(self):
        return self.template("screen")
