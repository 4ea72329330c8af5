"""Pictures that are shown small and in one size: people's portraits, and the chapter's logo."""

from PIL import Image as Pillow
from PIL import ImageOps

from .images import PATIENCE_SECONDS, Drawing, decoded, webp

# Shown at 64 CSS pixels and less, also on sharp screens; where a face is in most pictures.
PORTRAIT_SIDE = 192
FACE = (0.5, 0.35)
# The box that a logo fits into: 40 CSS pixels high, on sharp screens.
LOGO = (320, 120)


def draw_portrait(upload, *, patience: float = PATIENCE_SECONDS) -> Drawing:
    """As `draw`, cut to one small square around what is a little above the middle."""
    with decoded(upload, patience=patience) as whole:
        side = min(PORTRAIT_SIDE, *whole.size)
        square = ImageOps.fit(whole, (side, side), Pillow.Resampling.LANCZOS, centering=FACE)
        return Drawing(side, side, {side: webp(square)})


def draw_logo(upload, *, patience: float = PATIENCE_SECONDS) -> Drawing:
    """As `draw`, once and small."""
    with decoded(upload, patience=patience) as whole:
        small = whole.copy()
        small.thumbnail(LOGO, Pillow.Resampling.LANCZOS)
        return Drawing(*small.size, {small.width: webp(small)})
