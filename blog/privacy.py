"""What the blog keeps about people: bylines and comments."""

from django.utils.translation import gettext_lazy as _

from chapter.privacy.registry import Basis, register

from . import summaries
from .models import Byline, Comment


def export_bylines(member):
    for line in member.bylines.select_related("post").order_by("id"):
        yield {"post": line.post.title, "address": line.post.get_canonical_url(), "name": line.name, "bio": line.bio}


def erase_bylines(member, *, keep_texts):
    # The posts are the chapter's and stay, without the name, whatever becomes of the person's own words.
    summaries.forget(member)
    member.bylines.all().delete()


def export_comments(member):
    for comment in member.comments.select_related("post").order_by("id"):
        yield {
            "post": comment.post.title,
            "text": comment.body,
            "status": comment.status,
            "written": comment.created_at.isoformat(),
        }


def erase_comments(member, *, keep_texts):
    """With `keep_texts` the visible comments stay without a name; all others are deleted."""
    if keep_texts:
        member.comments.visible().update(member=None)
    member.comments.all().delete()


register(
    Byline,
    what=_("Your name and words about you below your posts."),
    kept=_("As long as the post, or until you delete your account."),
    export=export_bylines,
    erase=erase_bylines,
    basis=Basis.AGREED,
)
register(
    Comment,
    what=_("Your comments."),
    kept=_("Until you delete them or your account; you can leave them without your name."),
    export=export_comments,
    erase=erase_comments,
    basis=Basis.AGREED,
)
