"""QR codes as inline SVG: one path, black on whatever white box it stands in."""

from functools import lru_cache

import qrcode
from django.utils.html import format_html


@lru_cache(maxsize=256)
def svg(text):
    """`text` as a QR code that a phone reads from across a room (error correction M, no margin of its own)."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return format_html(
        '<svg viewBox="0 0 {0} {0}" shape-rendering="crispEdges" aria-hidden="true" focusable="false"><path d="{1}"/></svg>',
        len(rows),
        path,
    )
