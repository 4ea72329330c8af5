"""The organisers' desk: what needs doing, and nothing else."""

from datetime import timedelta

from django.utils import timezone

from blog.models import Comment, Post
from events.models import Event
from microactions.models import Microaction

# A summary that nobody wrote in three months will not be written.
SUMMARY_DAYS = 90
ROWS = 10


def to_do():
    """The rows behind each heading of the desk, at most ROWS of each; a fixed number of queries."""
    return {
        "summaries_missing": summaries_missing()[:ROWS],
        "waitlists": waitlists()[:ROWS],
        "comments": Comment.objects.held().select_related("post", "member")[:ROWS],
        "pledges": Microaction.objects.awaiting_approval().select_related("member")[:ROWS],
        "event_drafts": Event.objects.drafts().for_tickets()[:ROWS],
        "post_drafts": Post.objects.drafts()[:ROWS],
        "scheduled": Post.objects.scheduled()[:ROWS],
    }


def summaries_missing():
    since = timezone.now() - timedelta(days=SUMMARY_DAYS)
    return Event.objects.past().filter(ends_at__gte=since, summaries__isnull=True).for_tickets()


def waitlists():
    """Coming events where people wait for a seat that somebody could give them."""
    return Event.objects.upcoming().for_tickets().filter(state=Event.State.PUBLISHED, waiting_count__gt=0)
