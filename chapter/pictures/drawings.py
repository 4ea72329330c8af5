"""What stands for a picture where nobody has uploaded one: a row of notes, as on the chapter's wall.

Eight tiles, which the style sheet lays out as a strip, a block or a column; nothing is drawn or stored by the server.
"""

import hashlib
from itertools import cycle, islice
from typing import NamedTuple

# Names of classes in static/css/components/drawing.css.
SHAPES = ("quarter", "half", "disc", "leaf", "corner", "lines", "votes", "clock")
TONES = ("pale", "deep", "paper", "dark")
TURNS = 4
TILES = 8
# Where signs stand: one tile in each half, so that a strip and a column that is cut off both show one.
HALF = TILES // 2


class Tile(NamedTuple):
    shape: str
    tone: str
    turn: int
    hue: int | None = None
    sign: str = ""


def tiles_of(key, themes=()) -> list[Tile]:
    """The same tiles for the same key, whatever the process; of the hues and with the signs of `themes`, if any."""
    digest = hashlib.sha256(str(key).encode()).digest()
    hues = list(islice(cycle(themes), TILES)) if themes else [None] * TILES
    tiles = [_tile(*numbers, theme) for numbers, theme in zip(_numbers(digest), hues, strict=True)]
    for half in range(2) if themes else ():
        place = half * HALF + digest[-1 - half] % HALF
        theme = themes[half % len(themes)]
        tiles[place] = tiles[place]._replace(shape="sign", turn=0, hue=theme.number, sign=theme.sign)
    return tiles


def _numbers(digest):
    """Shape, tone and turn of each tile; neighbours differ in shape and tone."""
    shape = tone = 0
    for place in range(TILES):
        one, two = digest[2 * place], digest[2 * place + 1]
        shape = (shape + 1 + one % (len(SHAPES) - 1)) % len(SHAPES)
        tone = (tone + 1 + two % (len(TONES) - 1)) % len(TONES)
        yield shape, tone, (one >> 4) % TURNS


def _tile(shape, tone, turn, theme):
    return Tile(SHAPES[shape], TONES[tone], turn, theme.number if theme else None)
