"""What is drawn of 25/10: for all, for one person, for the leader. Sums are hidden until the countdown, authors always."""

from functools import cached_property

from django.db.models import Count, Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..activities import ActivitySnapshot, Step
from ..models import SCORES_EACH, Card
from . import dealing, forms, results, rounds
from .steps import LABELS, ON_PAPER, ON_PHONES, RESULT, REVEAL, ROUND, WALL, WRITE

# Seconds between two counts of what many do at once.
COUNT_EVERY = 3
# What 1,400 phones get; a page of its own has all. A leader finds cards in a list as long as this.
SHOWN, CHOOSABLE = 40, 100


class Snapshot(ActivitySnapshot):
    """25/10 at one moment. Each part reads only what it shows."""

    @property
    def look_again(self):
        return COUNT_EVERY if self.activity.step in (WRITE, ROUND) else None

    @property
    def where(self):
        # While cards are revealed nobody but the leader can do something else than before.
        return [self.activity.step, self.activity.number if self.activity.step == ROUND else None]

    @property
    def steps(self):
        values = ON_PAPER if self.is_on_paper else ON_PHONES
        here = values.index(self.activity.step) if self.activity.step in values else len(values)
        states = ["past"] * here + ["now"] + [""] * len(values)
        return list(zip([LABELS[value] for value in values], states, strict=False))

    @cached_property
    def is_on_paper(self):
        """Whether the sums come from the wall."""
        return self.activity.step == WALL or (
            self.activity.step not in (WRITE, ROUND) and self.activity.cards.exclude(paper_total=None).exists()
        )

    @property
    def title(self):
        if self.activity.step == ROUND:
            if self.activity.number > self.rounds:
                return _("Extra round")
            return _("Round %(number)s of %(all)s") % {"number": self.activity.number, "all": self.rounds}
        return None

    @property
    def status(self):
        if self.activity.step == ROUND:
            return _("%(scored)s of %(dealt)s cards have their score") % self.round
        if self.activity.step in (WRITE, WALL):
            return ngettext("%(number)s card", "%(number)s cards", self.card_count) % {"number": self.card_count}
        return None

    @cached_property
    def card_count(self):
        return self.activity.cards.count()

    @cached_property
    def round(self):
        """How many cards were given out in this round, and how many have their score."""
        given = self.activity.deals.filter(round=self.activity.number)
        return given.aggregate(dealt=Count("pk"), scored=Count("score"))

    @cached_property
    def rounds(self):
        if self.people - self.board.room_people > SCORES_EACH:
            return SCORES_EACH
        return dealing.rounds(*rounds.table(self.board, self.activity))

    # Reveal and result

    @property
    def result(self):
        return "facilitation/twenty_five/_result.html"

    @cached_property
    def top(self):
        return results.places(rounds.top(self.activity))

    @property
    def revealed(self):
        """Those that have been counted down, the latest first."""
        return self.top[max(0, len(self.top) - self.activity.number) :] if self.activity.number else []

    @cached_property
    def cards(self):
        """All cards in the order of the result, each with those that were put together with it."""
        variants = Prefetch("variants", Card.objects.in_result_order())
        return results.places(list(self.activity.cards.standing().in_result_order().prefetch_related(variants)))

    @property
    def scored_cards(self):
        return [card for card in self.cards if card.points is not None]

    @property
    def first_cards(self):
        return self.cards[:SHOWN]

    @property
    def more_cards(self):
        return max(0, len(self.cards) - SHOWN)


def scored(deal, me):
    """What the form of a score holds afterwards."""
    return "facilitation/twenty_five/_scale_inner.html", {"held": deal}


def own(request, now, me, form) -> dict:
    return _OF_STEP.get(now.activity.step, _nothing)(now, me, form)


def _nothing(now, me, form):
    return {}


def _write(now, me, form):
    card = now.activity.cards.filter(author=me).first()
    words = {"text": card.text} if card else {}
    for_room = now.board.one_device and now.board.leader_id == me.pk
    return {
        "card": card,
        "card_form": form(forms.CardForm, "card", now.activity.pk, activity=now.activity.pk, **words),
        "room_form": for_room and form(forms.CardForm, "card-room", now.activity.pk, activity=now.activity.pk),
    }


def _round(now, me, form):
    held = now.activity.deals.filter(round=now.activity.number, rater=me).select_related("card").first()
    return {"held": held}


def _result(now, me, form):
    card = now.activity.cards.with_points().filter(author=me).first()
    if card and card.points is not None:
        better = now.activity.cards.standing().with_points().filter(points__gt=card.points)
        card.place = better.count() + 1
    return {"card": card}


_OF_STEP = {WRITE: _write, ROUND: _round, RESULT: _result}


# The leader


def lead(now, me, form) -> dict:
    return {
        "next_step": _next(now),
        "back_step": _back(now),
        **_LEADS.get(now.activity.step, _leads_nothing)(now, form),
    }


def _next(now):
    step = now.activity.step
    if step == WRITE:
        return _go(now, ROUND, _("Give out the cards"))
    if step == ROUND:
        return _go(now, ROUND, _("End the round"))
    if step == WALL:
        return _go(now, REVEAL, _("Count down the top ten"))
    if step == REVEAL and now.activity.number < len(now.top):
        return _go(now, REVEAL, _("Show the next card") if now.activity.number else _("Show the first card"))
    if step == REVEAL:
        return _go(now, REVEAL, _("Show the whole result"))
    if now.activity.is_closed:
        return Step("show", _("Back to the Lean Coffee"), {})
    return Step("close-activity", _("Close 25/10"), {"activity": now.activity.pk})


def _back(now):
    if now.activity.step == WALL:
        return _go(now, WRITE, _("Back: %(phase)s") % {"phase": LABELS[WRITE]})
    if now.activity.step == RESULT and now.is_on_paper:
        return _go(now, WALL, _("Back: %(phase)s") % {"phase": LABELS[WALL]})
    return None


def _go(now, to, label):
    here = {"activity": now.activity.pk, "step": now.activity.step, "number": now.activity.number}
    return Step("cards-go", label, {**here, "to": to})


def _leads_nothing(now, form):
    return {}


def _lead_write(now, form):
    return {"paper_step": _go(now, WALL, _("Type in the cards and their sums"))}


def _lead_round(now, form):
    return {"stop_step": _go(now, REVEAL, _("Stop scoring and count"))}


def _lead_wall(now, form):
    typed = now.activity.cards.exclude(paper_total=None).in_result_order()
    return {
        "wall_form": form(forms.WallForm, "card-wall", now.activity.pk, activity=now.activity.pk),
        "typed": list(typed),
    }


def _lead_reveal(now, form):
    return {"skip_step": _go(now, RESULT, _("Skip the countdown"))}


def _lead_result(now, form):
    return {
        "choosable": now.cards[:CHOOSABLE],
        "more_than_choosable": len(now.cards) > CHOOSABLE,
        "grouped": [variant for card in now.cards for variant in card.variants.all()],
    }


_LEADS = {
    WRITE: _lead_write,
    ROUND: _lead_round,
    WALL: _lead_wall,
    REVEAL: _lead_reveal,
    RESULT: _lead_result,
}
