"""Summaries: a draft about a past event, composed from what the site knows about it.

Facts only, and no names: a microaction that is on the public wall is quoted without the person's.
"""

import re

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from chapter.models import Chapter
from events.models import Event
from microactions.models import Microaction
from principles.models import Principle

from . import publishing
from .models import Post

MARKDOWN_MARKS = re.compile(r"([\\`*_\[\]<>#|~!+-]|(?<=\d)[.)])")


@transaction.atomic
def start_summary(event, by):
    """The summary of `event` in the event's own language: the one there is, or a new draft with its facts.

    Locks the event, so that two organisers who click at once get the same draft. What a person has written is
    never composed anew.
    """
    Event.objects.select_for_update().get(pk=event.pk)
    language = language_of(event)
    return event.summaries.filter(language=language).first() or _compose(event, language, by)


def language_of(event):
    """The chapter's default language where the event has a wording in it, else that of its best wording."""
    default = Chapter.load().default_language
    wording = event.wording_in(default)
    return wording.language if wording else default


def facts(event, language):
    """What is known about a past event, for the template of a summary."""
    return {
        "event": event,
        "title": event.wording_in(language).title,
        "going": event.rsvps.going().count(),
        "themes": [quoted(theme.wording.title) for theme in _themes(event, language)],
        "microactions": [quoted(what) for what in _shared_microactions(event)],
        "prompt": publishing.PROMPT,
    }


def quoted(text):
    """Somebody's line as Markdown that shows exactly it."""
    return MARKDOWN_MARKS.sub(r"\\\1", text)


def _compose(event, language, by):
    with translation.override(language):
        known = facts(event, language)
        post = Post(
            language=language,
            title=_line("blog/summary/title.txt", known)[:150],
            lead=_line("blog/summary/lead.txt", known)[:400],
            body=render_to_string("blog/summary/body.txt", known).strip() + "\n",
            summary_of=event,
            cover=event.cover,
        )
    principles = event.principles.all()
    return publishing.save(post, version="", by=by, principles=principles, bylines=[(by.display_name, by.bio)])


def _line(template, context):
    return " ".join(render_to_string(template, context).split())


def _themes(event, language):
    themes = Principle.objects.with_wordings(language).filter(events=event)
    return [theme for theme in themes if theme.wording]


def _shared_microactions(event):
    rows = Microaction.objects.public().filter(event=event).order_by("created_at", "id")
    return rows.values_list("what", flat=True)
