"""Draws a café table seen from above, in the site's own colours: the demo's "photos" of meetups."""

from dataclasses import dataclass
from io import BytesIO
from math import cos, pi, sin
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter

from .pictures import tokens

# Drawn larger and shrunk, so that round things are round.
LARGER = 2
SHADOW = (40, 26, 6)
FLOORS = ("ground-deep", "principle-6-soft", "principle-3-soft", "principle-1-soft")
COFFEE = "#4a2c17"
WOOD, GRAIN = "#c98f55", "#bb8047"
CROCKERY = "#fffdf8"


@dataclass(frozen=True)
class Table:
    """So many cups round the edge, so many notes in the middle; `number` seeds the rest."""

    number: int
    cups: int
    notes: int
    width: int = 800
    height: int = 600


def photo(table):
    """The table as an uploaded JPEG; the same bytes at every call."""
    size = (table.width * LARGER, table.height * LARGER)
    colours, chance = tokens(), Random(table.number)  # noqa: S311  a drawing, no secret
    picture = Pillow.new("RGB", size, colours[FLOORS[table.number % len(FLOORS)]])
    centre, radius = _lay(picture, table, chance)
    for number in range(table.notes):
        _drop_note(picture, centre, radius, chance, colours, number)
    for number in range(table.cups):
        _set_cup(picture, centre, radius, 2 * pi * number / table.cups + chance.uniform(-0.2, 0.2), chance)
    buffer = BytesIO()
    picture.resize((table.width, table.height), Pillow.Resampling.LANCZOS).save(buffer, "JPEG", quality=88)
    return SimpleUploadedFile(f"table-{table.number}.jpg", buffer.getvalue(), "image/jpeg")


def _lay(picture, table, chance):
    width, height = picture.size
    radius = min(width, height) * chance.uniform(0.44, 0.56)
    centre = width * chance.uniform(0.44, 0.56), height * chance.uniform(0.46, 0.56)
    _disc(picture, centre, radius, WOOD, shade=radius / 12)
    pen = ImageDraw.Draw(picture)
    for ring in range(1, 9):
        _circle(pen, centre, radius * ring / 9, outline=GRAIN, width=max(2, int(radius / 120)))
    return centre, radius


def _set_cup(picture, centre, radius, angle, chance):
    away = radius * chance.uniform(0.68, 0.78)
    place = centre[0] + away * cos(angle), centre[1] + away * sin(angle)
    size = radius * 0.15
    _disc(picture, place, size, CROCKERY, shade=size / 4)
    pen = ImageDraw.Draw(picture)
    handle = place[0] + size * 0.75 * cos(angle), place[1] + size * 0.75 * sin(angle)
    _circle(pen, handle, size * 0.2, outline="#d8cdbb", width=max(3, int(size / 10)))
    _circle(pen, place, size * 0.68, fill="#efe7d8")
    _circle(pen, place, size * 0.56, fill=COFFEE)
    _circle(pen, (place[0] - size * 0.15, place[1] - size * 0.15), size * 0.1, fill="#7b5233")


def _drop_note(picture, centre, radius, chance, colours, number):
    side = int(radius * 0.32)
    kind = chance.randint(1, 7)
    note = Pillow.new("RGBA", (side, side), colours[f"principle-{kind}-soft"])
    pen = ImageDraw.Draw(note)
    for line in range(3):
        y, length = side * (0.25 + 0.2 * line), side * chance.uniform(0.45, 0.75)
        pen.line((side * 0.14, y, side * 0.14 + length, y), colours[f"principle-{kind}-ink"], max(2, side // 30))
    turned = note.rotate(chance.uniform(-35, 35), Pillow.Resampling.BICUBIC, expand=True)
    angle, away = 2.4 * number + chance.uniform(-0.3, 0.3), radius * (0.12 + 0.1 * (number % 4))
    corner = tuple(
        int(middle + away * turn(angle) - length / 2)
        for middle, turn, length in zip(centre, (cos, sin), turned.size, strict=True)
    )
    _shade(picture, turned.getchannel("A"), corner, blur=side / 20)
    picture.paste(turned, corner, turned)


def _disc(picture, centre, radius, colour, *, shade):
    mask = Pillow.new("L", (int(2 * radius), int(2 * radius)))
    ImageDraw.Draw(mask).ellipse((0, 0, 2 * radius - 1, 2 * radius - 1), fill=255)
    corner = int(centre[0] - radius), int(centre[1] - radius)
    _shade(picture, mask, corner, blur=shade)
    picture.paste(Pillow.new("RGB", mask.size, colour), corner, mask)


def _shade(picture, mask, corner, *, blur):
    edge = int(3 * blur) + 1
    shade = Pillow.new("L", tuple(length + 2 * edge for length in mask.size))
    shade.paste(mask.point(lambda value: value * 110 // 255), (edge, edge))
    shade = shade.filter(ImageFilter.GaussianBlur(blur))
    picture.paste(SHADOW, (corner[0] - edge + int(blur), corner[1] - edge + int(blur)), shade)


def _circle(pen, centre, radius, **looks):
    x, y = centre
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), **looks)
