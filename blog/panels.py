"""What the pages of events and principles show of the blog."""

from chapter.panels import panel

from .models import Post

LATEST = 3


@panel("event", template="blog/_on_event.html", order=10)
def summaries_of_event(event, request):
    """The published summaries; to organisers, on a past event without one, that it is missing."""
    published = sorted(event.summaries.published().for_cards(), key=lambda post: not post.is_own_language)
    if published:
        return {"summaries": published}
    if event.is_over and event.is_published and getattr(request.user, "is_organiser", False):
        return {"missing_for": event, "draft": event.summaries.first()}
    return None


@panel("principle", template="blog/_on_principle.html", order=40)
def posts_about_principle(principle, request):
    posts = list(Post.objects.published().for_reader().about(principle.pk).for_cards()[:LATEST])
    return {"posts": posts, "principle": principle} if posts else None
