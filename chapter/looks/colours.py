"""Contrast as WCAG 2.2 counts it, on the grounds that pages have in the light and in the dark theme."""

import colorsys
import re

COLOUR = re.compile("#[0-9a-f]{6}")
# As in static/css/tokens.css: ground, panel and paper.
LIGHT = ("#f6eedf", "#ecdfc7", "#fffdf8")
DARK = ("#10142b", "#171c39", "#1b2142")
# For text; the accent is also the colour of numbers in lists.
NEEDED = 4.5
STEPS = 200


def contrast(one: str, two: str) -> float:
    """From 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, grounds=LIGHT) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def readable_shade(colour: str) -> str:
    """The colour, or the first darker shade of it that can be read on light pages."""
    return _first_readable(colour, LIGHT, toward=0)


def in_the_dark(colour: str) -> str:
    """The colour, or the first lighter tint of it that can be read on dark pages."""
    return _first_readable(colour, DARK, toward=1)


def _first_readable(colour, grounds, *, toward):
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    for step in range(STEPS + 1):
        shade = colorsys.hls_to_rgb(hue, lightness + (toward - lightness) * step / STEPS, saturation)
        found = colour if step == 0 else "#" + "".join(f"{round(part * 255):02x}" for part in shade)
        if least_contrast(found, grounds) >= NEEDED:
            return found
    raise AssertionError("Black and white can be read on every ground.")


def _luminance(colour):
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour):
    return tuple(bytes.fromhex(colour[1:]))
