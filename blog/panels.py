"""What the pages of events, boards and principles, and the organisers' desk, show of the blog."""

from datetime import timedelta

from django.utils import timezone

from chapter.languages import current, preference
from chapter.models import acts_as_organiser
from chapter.panels import panel
from chapter.prepared import now, prepared
from chapter.wordings import best_wordings
from events.models import Event, EventWording
from facilitation.models import board_of
from followers import announcing

from .models import Comment, Post
from .monthly import actions as monthly
from .posts import news, picture_uses  # noqa: F401  found with the panels

LATEST = 3
DESK_ROWS = 10
# A summary that nobody wrote in three months will not be written.
SUMMARY_AGE = timedelta(days=90)
NEW_FOR = timedelta(days=30)


@panel("event", template="blog/posts/_on_event.html", order=10)
def summaries_of_event(event, request):
    """The published summaries; to organisers, once it has taken place without one, a way to write it."""
    board = board_of(event)
    return _summaries(event, request.user, is_due=event.is_over or bool(board and board.is_closed), board=board)


@panel("past event", template="blog/posts/_on_past_event.html", order=10)
def summaries_of_past_events(events, request):
    """The summary of each event that its reader understands best; one query."""
    rows = (
        Post.objects.published()
        .filter(summary_of__in=[event.pk for event in events])
        .annotate(fit=preference(current()))
    )
    rows = rows.order_by("summary_of", "fit", "-published_at").distinct("summary_of")
    return {post.summary_of_id: {"post": post} for post in rows.defer("body", "body_html", "body_text", "composed")}


@panel("board", template="blog/posts/_on_event.html", order=10)
def summary_of_board(board, request):
    # A session's board is told in the summary of the day, which is written from the event's.
    is_due = board.is_closed and not board.session_id
    return _summaries(board.event, request.user, is_due=True, board=board) if is_due else None


def _summaries(event, user, *, is_due, board):
    # The reader's own language first.
    published = sorted(_published_of(event=event.pk), key=lambda post: not post.is_own_language)
    if published:
        return {"summaries": published}
    if is_due and event.is_published and acts_as_organiser(user):
        return {"missing_for": event, "draft": event.summaries.first(), "board": board}
    return None


@prepared
def _published_of(event):
    return Post.objects.filter(summary_of=event).published().for_tickets()


@panel("principle", template="blog/posts/_on_principle.html", order=40)
def posts_about_principle(principle, request):
    posts = list(Post.objects.published().for_reader().about(principle.pk).for_tickets()[:LATEST])
    return {"posts": posts, "principle": principle} if posts else None


@panel("desk later", template="blog/summaries/_on_desk.html", order=100)
def summaries_missing(subject, request):
    events = _without_summary()
    return {"events": events} if events else None


@prepared
def _without_summary():
    rows = Event.objects.past().filter(ends_at__gte=now(ago=SUMMARY_AGE), summaries__isnull=True)
    return rows.with_seats().prefetch_related(best_wordings(EventWording))[:DESK_ROWS]


@panel("desk people", template="blog/comments/_on_desk.html", order=120)
def comments_held(subject, request):
    number = _held.count()
    return {"number": number} if number else None


@prepared
def _held():
    return Comment.objects.held().values("pk")[:DESK_ROWS]


@panel("desk later", template="blog/writing/_on_desk.html", order=150)
def posts_begun(subject, request):
    drafts, scheduled = _drafts(), _scheduled()
    return {"drafts": drafts, "scheduled": scheduled} if drafts or scheduled else None


@prepared
def _drafts():
    return Post.objects.drafts()[:DESK_ROWS]


@prepared
def _scheduled():
    return Post.objects.scheduled()[:DESK_ROWS]


@panel("post opening", template="followers/announcing/_ask.html")
def telling_of_post(post, request):
    """To organisers, while a post is new."""
    is_new = post.is_published and post.published_at > timezone.now() - NEW_FOR
    return announcing.telling_of(news.KIND, post.pk) if is_new and acts_as_organiser(request.user) else None


@panel("desk later", template="blog/monthly/_on_desk.html", order=90)
def letter_is_due(subject, request):
    return {"month": monthly.this_month()} if monthly.is_due() else None
