"""How large the words on the big screen are: a guess from how much is written, which the page's script makes exact."""

from math import sqrt

# Font sizes in hundredths of the screen's shorter side, as `.size--1` … in fit.css.
SIZES = (9, 8, 7, 6.2, 5.4, 4.8, 4.2, 3.7, 3.3, 2.9, 2.6, 2.3, 2, 1.8, 1.6)
# The room of a list, in the same hundredths squared; a screen is about 100 by 178. Bars take theirs from the words.
ROOMS = {"whole": 7500, "ranks": 4800, "half": 3200, "side": 2000}
# In squares of the font size: a letter with its share of the line, and the edges of a note.
LETTER, NOTE = 1, 15
# More than these are counted only: nobody reads them from a chair.
MOST = 40


def guess(texts, room, *, largest=1) -> int:
    """The number of the largest size, not above `largest`, at which all texts should find room."""
    needed = sum(LETTER * len(text) + NOTE for text in texts[:MOST]) or 1
    fits = sqrt(ROOMS[room] / needed)
    return next((number for number, size in enumerate(SIZES, 1) if number >= largest and size <= fits), len(SIZES))
