"""The CSP of a page that shows a mail in a frame."""

# A mail is drawn as a mail program would: its own styles, no script. Its links open a window of their own.
FRAME_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src 'self' data:; form-action 'none'; frame-ancestors 'self'"
)
