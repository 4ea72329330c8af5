"""Covers for some of the demo's posts, stored as any upload is."""

from chapter.pictures import store_image

from .. import texts
from .pictures import Scene, poster


def load(posts):
    """Draw and store the covers. Call it outside a transaction: files do not roll back."""
    for plan in texts.posts():
        if "picture" in plan:
            _cover(posts[plan["key"]], **plan["picture"])


def _cover(post, *, columns, rows, colours, alt, caption=""):
    scene = Scene(columns, rows, tuple(colours))
    post.cover = store_image(poster(scene), alt=alt, caption=caption)
    post.save(update_fields=["cover"])
