"""Draws a wall of sticky notes in the site's own colours, for the demo's covers."""

import re
from dataclasses import dataclass
from io import BytesIO
from math import sin

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 675
RIBBON = 18
MARGIN = 48
# Notes that hang in one row go up and down by this much.
ZIGZAG = 70
# A note fills this share of its square; the rest is wall.
FILLED = 0.9
SHADOW = (64, 44, 12, 90)


@dataclass(frozen=True)
class Scene:
    """A grid of notes in the colours of these principles, the middle one in the first's."""

    columns: int
    rows: int
    colours: tuple

    @property
    def middle(self):
        return (self.rows // 2) * self.columns + self.columns // 2

    def colour(self, number):
        return 1 if number == self.middle else self.colours[number % len(self.colours)]


def poster(scene):
    """The scene as an uploaded PNG; the same bytes at every call."""
    colours = tokens()
    wall = Pillow.new("RGB", (WIDTH, HEIGHT), colours["ground"])
    side = min((WIDTH - 2 * MARGIN) // scene.columns, (HEIGHT - RIBBON - 2 * MARGIN) // scene.rows)
    for number in range(scene.columns * scene.rows):
        _hang(wall, _note(scene, number, int(side * FILLED), colours), _centre(scene, number), _tilt(number))
    _draw_ribbon(wall, colours)
    buffer = BytesIO()
    wall.save(buffer, "PNG", compress_level=1)
    return SimpleUploadedFile("poster.png", buffer.getvalue(), "image/png")


def tokens():
    """The light theme's colours by name; tokens.css has them before the dark ones."""
    css = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    return dict(reversed(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", css)))


def _centre(scene, number):
    row, column = divmod(number, scene.columns)
    x = MARGIN + (column + 0.5) * (WIDTH - 2 * MARGIN) / scene.columns
    y = RIBBON + MARGIN + (row + 0.5) * (HEIGHT - RIBBON - 2 * MARGIN) / scene.rows
    zigzag = ZIGZAG * (-1) ** column if scene.rows == 1 else 0
    return x + number * 37 % 15 - 7, y + zigzag + number * 23 % 19 - 9


def _tilt(number):
    return (number * 29 + 11) % 13 - 6


def _note(scene, number, side, colours):
    principle = scene.colour(number)
    note = Pillow.new("RGBA", (side, side), colours[f"principle-{principle}-soft"])
    pen = ImageDraw.Draw(note)
    _scribble(pen, side, number, colours[f"principle-{principle}-ink"])
    dots = 7 if number == scene.middle else number * 5 % 4
    _stick_dots(pen, side, dots, colours[f"principle-{(principle + 2) % 7 + 1}"])
    return note


def _scribble(pen, side, number, ink):
    for line in range(2 + number % 2):
        length = 0.7 - (number * 7 + line * 5) % 4 * 0.1
        points = [_stroke(side, step, line, number) for step in range(int(length * 100))]
        pen.line(points, fill=ink, width=max(2, side // 45), joint="curve")


def _stroke(side, step, line, number):
    height = sin(step * 0.75) * (0.5 + 0.5 * sin(step * 0.13 + line + number)) * 0.035
    return side * (0.14 + step / 100), side * (0.2 + 0.17 * line + height)


def _stick_dots(pen, side, dots, colour):
    radius = side * 0.045
    for dot in range(dots):
        x, y = side * (0.18 + 0.105 * dot), side * (0.8 + dot % 2 * 0.05)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _hang(wall, note, centre, tilt):
    turned = note.rotate(tilt, Pillow.Resampling.BICUBIC, expand=True)
    left, top = (int(middle - length / 2) for middle, length in zip(centre, turned.size, strict=True))
    edge = max(4, note.width // 30)
    shade = Pillow.new("L", tuple(length + 4 * edge for length in turned.size))
    shade.paste(turned.getchannel("A").point(lambda value: value * SHADOW[3] // 255), (2 * edge, 2 * edge))
    shade = shade.filter(ImageFilter.GaussianBlur(edge))
    wall.paste(SHADOW[:3], (left - 2 * edge, top - edge), shade)
    wall.paste(turned, (left, top), turned)


def _draw_ribbon(wall, colours):
    ends = Pillow.new("RGB", (2, 1), colours["ribbon-from"])
    ends.putpixel((1, 0), Pillow.new("RGB", (1, 1), colours["ribbon-to"]).getpixel((0, 0)))
    wall.paste(ends.resize((WIDTH, RIBBON), Pillow.Resampling.BILINEAR), (0, 0))
