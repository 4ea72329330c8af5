"""Who was there: in numbers, and by nickname for those who ticked that."""

from typing import NamedTuple

from django.utils.translation import ngettext

from .words import in_words, listed, quoted

MAX_NAMES = 20


class People(NamedTuple):
    """Everybody at a board, on a device or on paper. Those who did not say whether they are new count only in `all`."""

    organisers: int
    returning: int
    new: int
    all: int

    @property
    def number(self):
        return in_words(self.all)

    @property
    def said(self):
        return self.organisers + self.returning + self.new

    @property
    def groups(self):
        # "one organiser and three new faces"
        known = [
            (self.organisers, ngettext("one organiser", "%(number)s organisers", self.organisers)),
            (
                self.returning,
                ngettext("one who had been here before", "%(number)s who had been here before", self.returning),
            ),
            (self.new, ngettext("one new face", "%(number)s new faces", self.new)),
        ]
        return listed([phrase % {"number": in_words(number)} for number, phrase in known if number])


def people_at(board):
    sat = list(board.participants.all())
    guests = [one for one in sat if not one.is_organiser]
    paper = (board.room_returning, board.room_new) if board.one_device else (0, 0)
    return People(
        organisers=len(sat) - len(guests),
        returning=sum(one.been_before is True for one in guests) + paper[0],
        new=sum(one.been_before is False for one in guests) + paper[1],
        all=len(sat) + sum(paper),
    )


def names_at(board):
    return ticked(board)[:MAX_NAMES]


def ticked(board):
    told = board.participants.filter(name_in_summary=True).exclude(nickname="").order_by("number")
    return list(told.values_list("nickname", flat=True))


def named(names):
    return listed([quoted(name) for name in names]) if names else ""
