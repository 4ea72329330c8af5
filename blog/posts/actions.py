"""Saving and publishing: the only writers of a post's text, address and state, beside `transfer/importing.py`."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chapter import audit, text
from chapter.models import Chapter
from chapter.pictures import undescribed_images
from chapter.refusals import Refused
from chapter.text import markdown, plain_slug

from ..models import Byline, Post

audit.describe("post_begun", gettext_lazy("started the post"))
audit.describe("post_edited", gettext_lazy("edited the post"))
audit.describe("post_published", gettext_lazy("published the post"))
audit.describe("post_scheduled", gettext_lazy("scheduled the post"))
audit.describe("post_unpublished", gettext_lazy("unpublished the post"))
audit.describe("post_deleted", gettext_lazy("deleted the draft of the post"))

# First words of this app's own addresses (blog/urls.py).
RESERVED = {"comments", "feed", "letter", "new", "posts", "summary"}
MAX_SLUG = 100
# Begins a line that the writer is meant to replace; summaries are composed with it.
PROMPT = "✎"
MAX_QUOTED = 200


class ChangedMeanwhile(Refused):
    """Somebody else saved the post after this edit was begun; `stored` is what they saved."""

    sentence = gettext_lazy("Someone else saved this post at the same time. Read their version, then try again.")

    def __init__(self, stored):
        super().__init__()
        self.stored = stored


@transaction.atomic
def save(post, *, version, by, principles=(), bylines=()) -> Post:
    """Store a post with its authors, `bylines` being (name, bio) in order. New posts are drafts.

    Locks the post. `version` is the one the writer started from; raises ChangedMeanwhile where the stored one differs.
    The address follows the title until the post has been public.
    """
    verb = "post_edited" if post.pk else "post_begun"
    if post.pk:
        stored = Post.objects.select_for_update().get(pk=post.pk)
        if stored.version != version:
            raise ChangedMeanwhile(stored)
    store_text(post)
    post.principles.set(principles)
    _replace_bylines(post, bylines, by=by)
    audit.record(verb, by=by, subject=post, about=post.title)
    return post


def store_text(post) -> Post:
    """Render and store a post that is new or locked, its address taken from the title. Needs a transaction."""
    for column, value in markdown.columns(post.body).items():
        setattr(post, column, value)
    if not post.has_been_public:
        post.slug = free_slug(post, plain_slug(post.title, length=MAX_SLUG))
    post.save()
    return post


@transaction.atomic
def publish(post, *, at=None, by=None) -> Post:
    """Publish now, or at the aware datetime `at`. Locks the post. Raises ValidationError with what is missing.

    A post that has been public before keeps its first date, and cannot be scheduled.
    """
    stored = Post.objects.select_for_update().get(pk=post.pk)
    problems = problems_of(stored)
    if at and stored.has_been_public:
        problems.append(_("This post has been public before and keeps its date. Publish it now."))
    if problems:
        raise ValidationError(problems)
    stored.is_draft = False
    # The first date stays, so that feeds do not show an old post as new.
    stored.published_at = at or (stored.published_at if stored.has_been_public else timezone.now())
    stored.save(update_fields=["is_draft", "published_at", "changed_at"])
    audit.record("post_scheduled" if at else "post_published", by=by, subject=stored, about=stored.title)
    return stored


@transaction.atomic
def unpublish(post, *, by=None) -> Post:
    """Make a published or scheduled post a draft again. Locks the post. Its address stays if it was public."""
    stored = Post.objects.select_for_update().get(pk=post.pk)
    if not stored.has_been_public:
        stored.published_at = None
    stored.is_draft = True
    stored.save(update_fields=["is_draft", "published_at", "changed_at"])
    audit.record("post_unpublished", by=by, subject=stored, about=stored.title)
    return stored


@transaction.atomic
def delete_draft(post, *, by=None) -> bool:
    """Delete a draft. False where it has been published meanwhile; then it stays."""
    stored = Post.objects.select_for_update().drafts().filter(pk=post.pk).first()
    if stored:
        audit.record("post_deleted", by=by, subject=stored, about=stored.title)
        stored.delete()
    return stored is not None


def problems_of(post) -> list[str]:
    # Why it cannot be published yet, as sentences for its writer.
    problems = []
    if not post.body_text.strip():
        problems.append(_("The post has no text yet."))
    return problems + prompt_problems(post.body) + picture_problems(post.body)


def prompt_problems(body) -> list[str]:
    sentence = _("This line still needs your text: “%(line)s” Fill it in, or delete the line.")
    lines = (line.strip().lstrip("> ") for line in body.splitlines())
    return [sentence % {"line": line[:MAX_QUOTED]} for line in lines if line.startswith(PROMPT)]


def picture_problems(body) -> list[str]:
    sentence = _("The picture %(name)s isn’t described yet. Write what it shows between the square brackets: ![…]")
    return [sentence % {"name": str(name).rsplit("/", 1)[-1]} for name in undescribed_images(body)]


def free_slug(post, stem) -> str:
    """`stem`, or with the first free number. Locks the chapter's row, so that two writers get two addresses."""
    Chapter.objects.select_for_update().get(pk=Chapter.load().pk)
    return text.free_slug(Post.objects.exclude(pk=post.pk), stem or "post", reserved=RESERVED)


def _replace_bylines(post, bylines, *, by):
    # A name that stays keeps its member, and the writer's own name is linked to them.
    members = {by.display_name: by.pk} | dict(post.bylines.exclude(member=None).values_list("name", "member"))
    post.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(post=post, position=place, name=name, bio=bio, member_id=members.get(name))
        for place, (name, bio) in enumerate(bylines)
    )
