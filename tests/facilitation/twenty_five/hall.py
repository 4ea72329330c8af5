"""A hall that plays 25/10."""

from uuid import uuid4

from facilitation import activities
from facilitation.models import Activity, Board
from facilitation.twenty_five import actions, rounds
from tests.factories import make_led_board, make_participant


class Hall:
    """A board at which people play 25/10; the first one leads. `writers` of them have a card, all unless said."""

    def __init__(self, people=6, writers=None, **fields):
        self.board = make_led_board(**fields)
        self.people = [self.board.leader, *(make_participant(board=self.board) for _ in range(people - 1))]
        self.opened = activities.actions.open_activity(
            self.board, by=self.leader, kind=activities.kind_of(Activity(kind="25-10")), client_id=uuid4()
        )
        for number, one in enumerate(self.people[:writers]):
            self.write(one, f"Card {number}")

    @property
    def leader(self):
        return self.people[0]

    @property
    def activity(self):
        return Activity.objects.select_related("board").get(pk=self.opened.pk)

    @property
    def read(self):
        """The board as a page reads it."""
        return Board.objects.select_related("activity", "leader", "at_event").get(pk=self.board.pk)

    @property
    def where(self):
        now = self.activity
        return now.step, now.number

    def write(self, one, text, **fields):
        return actions.write(self.activity, by=one, **{"client_id": uuid4(), "text": text, **fields})

    def go(self, to, *, by=None):
        now = self.activity
        rounds.go(now, by=by or self.leader, step=now.step, number=now.number, to=to)
        return self

    def held(self, one):
        return self.activity.deals.select_related("activity__board", "card").get(
            round=self.activity.number, rater=one
        )

    def score(self, one, number):
        actions.score(self.held(one), by=one, score=number)

    def score_all(self, number=3, people=None):
        for one in people or self.people:
            if self.activity.deals.filter(round=self.activity.number, rater=one).exists():
                self.score(one, number)
        return self

    def play(self, number=3):
        """All rounds, each scored by all."""
        self.go("round")
        while self.activity.step == "round":
            self.score_all(number).go("round")
        return self

    @property
    def sums(self):
        return {card.text: card.points for card in self.activity.cards.with_points()}
