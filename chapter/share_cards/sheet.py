"""Draws the pictures of shared links (Open Graph): 1200 × 630, the same bytes for the same facts.

Each app draws its own kind on a `Sheet`. Facts are a NamedTuple of plain values; their version stands in the address, so
that a picture can be cached for ever and a link shared after a change shows the change.
"""

import hashlib
import io
from functools import lru_cache

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from PIL import Image, ImageColor, ImageDraw, ImageFilter

from ..web import errors, turns
from . import store
from .text import LEADING, SCALE, fit, font, plain, readable  # noqa: F401  for those who draw

# Raise it when the drawing changes.
DESIGN = 2
WIDTH, HEIGHT = 1200, 630
MARGIN = 64
FOR_EVER = "public, max-age=31536000, immutable"
FOR_NOW = "public, max-age=3600"
BUSY_SECONDS = 5

# As in static/css/tokens.css, the light theme.
INK, INK_SOFT, PAPER, GROUND, GROUND_DEEP = "#141a38", "#40465f", "#fffdf8", "#f6eedf", "#ecdfc7"
LINE_SOFT, RIBBON_FROM, RIBBON_TO = "#dfd2ba", "#ff8300", "#f60bc2"
BAD, WARN = "#b3142f", "#8a5000"
PRINCIPLES = {  # number: strong colour, paper, ink on that paper
    1: ("#8a5600", "#ffe394", "#3d2800"),
    2: ("#1c6e3c", "#cdeec6", "#0d3a1e"),
    3: ("#6a39c4", "#e5d9ff", "#34186b"),
    4: ("#b00d84", "#ffd3ee", "#5c0545"),
    5: ("#bd2438", "#ffd6cf", "#600d18"),
    6: ("#0b6678", "#bfeaec", "#06363f"),
    7: ("#2a4dcc", "#d4e0ff", "#132869"),
}
PLAIN = (INK, INK_SOFT, PAPER, GROUND, GROUND_DEEP, LINE_SOFT, BAD, WARN, *sum(PRINCIPLES.values(), ()))
RIBBON_STEPS = 64
# The mark, in its own 40 × 40 units: templates/includes/_mark.html.
MARK = ((3.4, 9.2), (30.9, 3.3), (36.7, 30.8), (9.1, 36.7))
MARK_ONE = ((15.6, 16.2), (20.6, 11.6), (23.8, 28.5))


def version(facts) -> str:
    return hashlib.sha256(repr((DESIGN, type(facts).__name__, tuple(facts))).encode()).hexdigest()[:12]


def answer(request, facts, draw) -> HttpResponse:
    """The PNG of `draw(facts)`; 304 without drawing it; 503 while others are drawn. `?v=` orders nothing."""
    current = version(facts)
    etag = f'"{current}"'
    try:
        response = get_conditional_response(request, etag, None) or _picture(facts, draw, current)
    except turns.Busy:
        return errors.unavailable(request, retry_after=BUSY_SECONDS)
    response["ETag"] = etag
    response["Cache-Control"] = FOR_EVER if request.GET.get("v") == current else FOR_NOW
    # Chats and social networks show it on their own pages.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _picture(facts, draw, current):
    name = f"{type(facts).__name__.lower()}-{current}.png"
    return HttpResponse(store.find_or_draw(name, lambda: draw(facts)), content_type="image/png")


class Sheet:
    """A cream sheet with the ribbon on top. Units are pixels of the finished picture."""

    def __init__(self):
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), GROUND)
        self.pen = ImageDraw.Draw(self.image)
        self.ribbon(0, 0, WIDTH, 16)

    def png(self) -> bytes:
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        small.quantize(palette=_palette_of(small), dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        return file.getvalue()

    # Shapes

    def box(self, x, y, width, height, fill, *, radius=0):
        corners = [n * SCALE for n in (x, y, x + width, y + height)]
        self.pen.rounded_rectangle(corners, radius * SCALE, fill=fill)

    def bite(self, x, y, radius, fill, *, below):
        """Cut a half circle out of an edge at y: the half below it, or the one above."""
        box = [n * SCALE for n in (x - radius, y - radius, x + radius, y + radius)]
        self.pen.pieslice(box, 0 if below else 180, 180 if below else 360, fill=fill)

    def line(self, points, fill, width):
        points = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(points, fill=fill, width=round(width * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            half = width * SCALE / 2
            self.pen.ellipse([x - half, y - half, x + half, y + half], fill=fill)

    def shadow(self, x, y, width, height, *, radius=0, blur=14, drop=8):
        mask = Image.new("L", self.image.size, 0)
        corners = [n * SCALE for n in (x, y + drop, x + width, y + drop + height)]
        ImageDraw.Draw(mask).rounded_rectangle(corners, radius * SCALE, fill=46)
        # A quarter of the size is enough for something blurred.
        small = mask.resize((WIDTH // 2, HEIGHT // 2)).filter(ImageFilter.GaussianBlur(blur / 2))
        self.image.paste("#402c0c", (0, 0), small.resize(mask.size, Image.Resampling.BILINEAR))

    def ribbon(self, x, y, width, height):
        size = (round(width * SCALE), round(height * SCALE))
        fade = Image.linear_gradient("L").rotate(90).resize(size)
        self.image.paste(_between(fade), (round(x * SCALE), round(y * SCALE)))

    def mark(self, x, y, size):
        unit = size / 40
        points = [(x + a * unit, y + b * unit) for a, b in MARK]
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon([(a * SCALE, b * SCALE) for a, b in points], fill=255)
        side = round(size * SCALE)
        fade = Image.new("L", self.image.size, 0)
        fade.paste(_diagonal().resize((side, side)), (round(x * SCALE), round(y * SCALE)))
        self.image.paste(_between(fade), (0, 0), mask)
        self.line([(x + a * unit, y + b * unit) for a, b in MARK_ONE], INK, 4 * unit)

    def note(self, x, y, size, number, *, tilt=0):
        _strong, paper, ink = PRINCIPLES[number]
        side = round(size * SCALE)
        note = Image.new("RGBA", (side, side), paper)
        text = font("Black", round(size * 0.56 * SCALE))
        ImageDraw.Draw(note).text((side / 2, side * 0.7), str(number), fill=ink, font=text, anchor="ms")
        turned = note.rotate(tilt, expand=True, resample=Image.Resampling.BICUBIC)
        corner = (round(x * SCALE - turned.width / 2), round(y * SCALE - turned.height / 2))
        shade = Image.new("RGBA", turned.size, "#402c0c")
        shade.putalpha(turned.getchannel("A").point(lambda a: a * 40 // 255).filter(ImageFilter.GaussianBlur(6)))
        self.image.paste(shade, (corner[0] + 4, corner[1] + 12), shade)
        self.image.paste(turned, corner, turned)

    def tape(self, x, y, width, height, *, tilt):
        strip = Image.new("RGBA", (round(width * SCALE), round(height * SCALE)), "#ffffffb0")
        turned = strip.rotate(tilt, expand=True, resample=Image.Resampling.BICUBIC)
        self.image.paste(turned, (round(x * SCALE - turned.width / 2), round(y * SCALE - turned.height / 2)), turned)

    # Text

    def text(self, x, y, text, *, size, weight="Semibold", fill=INK, anchor="ls"):
        # `anchor` as in Pillow: ls is from the left with the baseline at y, ms around x.
        self.pen.text((x * SCALE, y * SCALE), text, fill=fill, font=font(weight, size * SCALE), anchor=anchor)

    def line_of(self, x, y, text, *, width, size, smallest=None, anchor="ls", **style):
        # Smaller until it fits in `width`, and cut at last.
        weight = style.get("weight", "Semibold")
        fitted = fit(plain(text), width=width, height=0, sizes=range(size, (smallest or size) - 1, -2), weight=weight)
        if fitted.lines:
            self.text(x, y, fitted.lines[0], size=fitted.size, anchor=anchor, **style)

    def block(self, x, top, text, *, width, height, sizes, weight="Black", fill=INK, strike=None):
        """A text in a box, as large as it fits; `strike` is the colour of a line through it. Returns where it ends."""
        fitted = fit(plain(text), width=width, height=height, sizes=sizes, weight=weight)
        for place, line in enumerate(fitted.lines):
            y = top + place * fitted.size * LEADING
            self.text(x, y + fitted.size * 0.8, line, size=fitted.size, weight=weight, fill=fill)
            if strike:
                end = x + font(weight, fitted.size * SCALE).getlength(line) / SCALE
                self.line([(x, y + fitted.size * 0.56), (end, y + fitted.size * 0.56)], strike, fitted.size / 18)
        return top + len(fitted.lines) * fitted.size * LEADING

    def label(self, x, y, text, *, fill, ink, size=30):
        text = plain(text)
        length = font("Bold", size * SCALE).getlength(text) / SCALE
        self.box(x, y, length + size, size * 1.5, fill, radius=6)
        self.text(x + size / 2, y + size * 1.09, text, size=size, weight="Bold", fill=ink)
        return length + size

    def signature(self, chapter, host=""):
        self.mark(MARGIN - 6, HEIGHT - 98, 64)
        self.line_of(MARGIN + 70, HEIGHT - 55, chapter, width=640, size=34, smallest=24, weight="Bold")
        self.line_of(WIDTH - MARGIN, HEIGHT - 55, host, width=380, size=28, smallest=18, fill=INK_SOFT, anchor="rs")


def _palette_of(image):
    # 256 colours: ours exactly, enough of the ribbon's to avoid banding, and the blends along edges.
    ribbon = _between(Image.linear_gradient("L").rotate(90).resize((RIBBON_STEPS, 1))).tobytes()
    ours = [channel for colour in PLAIN for channel in ImageColor.getrgb(colour)]
    left = 256 - RIBBON_STEPS - len(PLAIN)
    edges = image.crop((0, 20, *image.size)).quantize(left, method=Image.Quantize.MEDIANCUT).getpalette()
    palette = Image.new("P", (1, 1))
    palette.putpalette([*ribbon, *ours, *edges[: left * 3]])
    return palette


def _between(mask):
    return Image.composite(Image.new("RGB", mask.size, RIBBON_TO), Image.new("RGB", mask.size, RIBBON_FROM), mask)


@lru_cache(maxsize=1)
def _diagonal():
    fade = Image.new("L", (64, 64))
    fade.putdata([round((n % 64 + n // 64) / 126 * 255) for n in range(64 * 64)])
    return fade
