"""What the blog keeps about people: the names under posts, and comments."""

from django.utils.translation import gettext_lazy as _

from chapter.privacy_register import register

from .models import Byline, Comment


def export_bylines(member):
    for line in member.bylines.select_related("post").order_by("id"):
        yield {"post": line.post.title, "address": line.post.get_canonical_url(), "name": line.name, "bio": line.bio}


def erase_bylines(member, *, keep_texts):
    """With `keep_texts` the name stays under the posts, without the words about the person; else both go."""
    if keep_texts:
        member.bylines.update(member=None, bio="")
    else:
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
    """With `keep_texts` the comments that everybody can read stay without a name; all others go."""
    if keep_texts:
        member.comments.visible().update(member=None)
    member.comments.all().delete()


register(
    Byline,
    what=_("Your name and the words about you under posts you wrote"),
    kept=_("As long as the post is there, or until you leave"),
    export=export_bylines,
    erase=erase_bylines,
)
register(
    Comment,
    what=_("Comments you wrote"),
    kept=_("Until you delete them, or leave; without your name for longer if you choose so"),
    export=export_comments,
    erase=erase_comments,
)
