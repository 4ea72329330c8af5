"""Summaries: a draft about an event, composed from what the site and its board know, and composed again on request.

Sections that a person has edited are never replaced, and nothing is published here.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from chapter import audit
from chapter.refusals import Refused
from events import planning
from events.models import Event
from facilitation.models import Board, board_of

from .. import posts
from ..models import Post
from .facts import facts
from .recomposing import refill
from .sections import BODY, LEAD, TITLE, body_of, compose

audit.describe("summary_updated", gettext_lazy("updated the summary"))


class NotADraft(Refused):
    sentence = gettext_lazy("This post is already published. Unpublish it before you update it.")


class NothingComposed(Refused):
    sentence = gettext_lazy("This text was written by hand, so there is nothing to update.")


def events_to_sum_up():
    """Events that took place: over, or with a board that is closed."""
    took_place = Q(ends_at__lte=timezone.now()) | Q(board__phase=Board.Phase.CLOSED)
    return Event.objects.filter(took_place, state=Event.State.PUBLISHED)


@transaction.atomic
def start_summary(event, by) -> Post:
    """The event's summary in the event's own language, or a new draft of it.

    Locks the event, so that two organisers who press at once get one draft.
    """
    Event.objects.select_for_update().get(pk=event.pk)
    language = language_of(event)
    if found := event.summaries.filter(language=language).first():
        return found
    texts = _compose(event, language, [by.display_name])
    post = Post(
        language=language,
        title=texts[TITLE],
        lead=texts[LEAD],
        body=body_of(texts),
        composed=texts,
        summary_of=event,
        cover=event.cover,
    )
    principles = event.principles.all()
    return posts.save(post, version="", by=by, principles=principles, bylines=[(by.display_name, by.bio)])


@transaction.atomic
def update_summary(post, *, version, by=None) -> Post:
    """Compose the sections that nobody has edited again, from today's facts.

    Locks the post. Raises posts.ChangedMeanwhile if the stored version is not the one the writer saw, NotADraft, and
    NothingComposed.
    """
    stored = Post.objects.select_for_update().get(pk=post.pk)
    if stored.version != version:
        raise posts.ChangedMeanwhile(stored)
    if not stored.is_draft:
        raise NotADraft
    if not stored.can_be_updated:
        raise NothingComposed
    _fill(stored, _compose(stored.summary_of, stored.language, [line.name for line in stored.bylines.all()]))
    audit.record("summary_updated", by=by, subject=stored, about=stored.title)
    return posts.store_text(stored)


def language_of(event):
    return event.board.language if board_of(event) else planning.language_of(event)


def _compose(event, language, authors):
    with translation.override(language):
        return compose(facts(event, language, authors=authors))


def _fill(post, texts):
    filled = refill(post.body, composed=post.composed, texts=texts, order=BODY)
    composed = {key: post.composed[key] for key in (TITLE, LEAD) if key in post.composed}
    for key in (TITLE, LEAD):
        if getattr(post, key) == composed.get(key):
            composed[key] = texts[key]
            setattr(post, key, texts[key])
    post.body, post.composed = filled.body, composed | filled.composed
