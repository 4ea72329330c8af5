"""A new post as news to followers: the text itself, or its translation into their language."""

from chapter.fields import clean_line
from chapter.mail import in_language, page_url
from followers.announcing import Item, Subject, source
from followers.models import Follower

from ..models import Post

KIND = "post"


def _readers(post_id):
    return Follower.objects.filter(wants_posts=True)


def to_tell(post_id) -> Subject | None:
    post = Post.objects.published().filter(pk=post_id).first()
    return post and Subject(post.title, post.language, post.get_absolute_url())


@source(KIND, template="blog/posts/mail/_post.txt", readers=_readers, subject=to_tell)
def new_post(post_id: int, follower: Follower) -> Item | None:
    post = Post.objects.published().filter(pk=post_id).first()
    if post is None:
        return None
    family = Post.objects.published().family_of(post.translation_of_id or post.pk)
    post = next((other for other in family if other.language == follower.language), post)
    url = page_url("post", post.slug, language=post.language)
    return Item(in_language(clean_line(post.title), post.language), {"post": post, "url": url})
