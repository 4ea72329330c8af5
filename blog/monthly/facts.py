"""What a monthly letter says: what is coming, what came of the last meetups, one idea, the theme of the season."""

from datetime import timedelta

from chapter.fields import clean_line
from chapter.mail import page_url
from events import seasons
from events.letters import titles_of
from events.models import Event
from microactions.models import Microaction
from microactions.pledges import ideas

from ..models import Post

COMING, CAME_OF_IT, RESULTS = 5, 4, 3
A_MONTH = timedelta(days=31)


def facts_of(letter, language) -> dict:
    """For the letter's template, in the active language; a fixed number of queries for each event and post in it."""
    return {
        "coming": _coming(language),
        "posts": _posts(letter, language),
        "results": _results(letter),
        "idea": _idea(letter, language),
        "season": seasons.current_and_next()[0],
        "wall_url": page_url("wall", language=language),
    }


def is_empty(facts) -> bool:
    """An idea alone is no letter."""
    return not (facts["coming"] or facts["posts"] or facts["results"])


def _coming(language):
    events = Event.objects.upcoming().filter(state=Event.State.PUBLISHED).select_related("venue")[:COMING]
    return [
        {"event": event, **titles_of(event, language), "url": page_url("event", event.slug, language=language)}
        for event in events
    ]


def _posts(letter, language):
    posts = Post.objects.published().for_reader(language).filter(published_at__gte=letter.made_at - A_MONTH)
    return [
        {
            "title": clean_line(post.title),
            "lead": clean_line(post.lead),
            "language": post.language,
            "url": page_url("post", post.slug, language=post.language),
        }
        for post in posts[:CAME_OF_IT]
    ]


def _results(letter):
    rows = Microaction.objects.public().with_result().with_cheers().results_first()
    return list(rows.filter(first_at__gte=letter.made_at - A_MONTH)[:RESULTS])


def _idea(letter, language):
    idea = ideas.IDEAS[(letter.month.year * 12 + letter.month.month) % len(ideas.IDEAS)]
    return {"what": idea.what, "url": f"{page_url('pledge', language=language)}?idea={idea.key}"}
