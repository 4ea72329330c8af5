"""Import posts idempotently: create, update if the source changed, skip if edited here.

A post keeps its address where that is free, and its date: a draft with a past date keeps it when it is published.
"""

import json
from hashlib import sha256

from django.db import transaction

from chapter.refusals import Refused
from chapter.remarks import Remark, in_each_language
from chapter.remarks import remark as _
from chapter.remarks import remark_of_number as ngettext
from chapter.text import markdown, plain_slug
from chapter.transfer import mark, mark_of
from events.models import Event
from principles.models import Principle

from ..models import Byline, Post
from ..posts import free_slug, problems_of
from .known import LONGEST_TITLE, Known, cut
from .links import Links

TOLD_EVERY = 5  # posts
LONGEST_LEAD = 400
# Leaves room for a number within the column's 120 characters.
MAX_SLUG = 112


def take_all(posts, *, source, report, pictures, publish=False, trusted=False, folder_of=None, tell=None) -> None:
    """Store each post, then its links to others. `trusted` posts are our own export, and published as they were.

    `folder_of` is given for a folder of files, which may name each other. `tell(done, of)` is called now and then.
    """
    stored = []
    known = Known(posts, source, report, by_title=not trusted)
    links = None if trusted else Links(posts, source=source, report=report)
    for number, post in enumerate(posts):
        if tell and number % TOLD_EVERY == 0:
            tell(number, len(posts))
        with report.row(post.title or post.external_id):
            _refuse_unusable(post)
            body, cover = pictures.settle(post, folder=folder_of(post) if folder_of else None)
            body = links.settle(post, body) if links else body
            row = take(post, body, cover, known=known, report=report, publish=publish, trusted=trusted)
            if links and row:
                links.keep(post, row)
            stored.append((post, row))
    if number := pictures.left_links:
        report.note(ngettext("{number} picture is left as a link.", "{number} pictures are left as links.", number))
    # Afterwards, since a post may translate one that comes later.
    for post, row in stored:
        if row:
            _tie(post, row, source=source, report=report)
            if links:
                _link(post, row, links, known)


def _link(post, row, links, known):
    body = links.settle(post, row.body)
    links.note(post)
    if body != row.body:
        _store_links(post, row.pk, body, known)


@transaction.atomic
def _store_links(post, pk, body, known):
    row = Post.objects.get(pk=pk)
    _store(row, {"body": body})
    found = known.mark_of(post)
    mark(row, source=known.source, external_id=found.external_id, fingerprint=fingerprint_of(row))
    _set_times(row, post)


@transaction.atomic
def take(post, body, cover, *, known, report, publish=False, trusted=False):
    """Make or update one post; the row, or None if it was left alone. Locks the row.

    The mark's fingerprint is that of the row as it was imported: where they differ, somebody has edited it here.
    """
    found = known.mark_of(post)
    here = Post.objects.select_for_update().filter(pk=found.subject_id).first() if found else None
    texts = _texts(post, body, cover)
    wanted = _fingerprint(texts, _authors(post))
    if found and here is None:
        return report.kept(post.title, _("it was deleted here"))
    # Our own export of a post that was written here, not imported.
    if here is None and trusted and Post.objects.filter(slug=post.slug).exists():
        return report.same(post.title)
    if here is None:
        here = _make(post, texts, publish=publish, trusted=trusted, report=report)
        report.made(f"{post.title} → {here.slug}" + (f" (was {post.link})" if post.link else ""))
    elif found.fingerprint == wanted:
        return report.same(post.title)
    elif fingerprint_of(here) != found.fingerprint:
        return report.kept(post.title, _("it has been changed here since then, and at its source"))
    else:
        _store(here, texts)
        report.changed(post.title)
    if list(here.bylines.values_list("name", "bio")) != _authors(post):
        here.bylines.all().delete()
        lines = (Byline(post=here, position=n, name=name, bio=bio) for n, (name, bio) in enumerate(_authors(post)))
        Byline.objects.bulk_create(lines)
    external_id = found.external_id if found else post.external_id
    mark(here, source=known.source, external_id=external_id, fingerprint=fingerprint_of(here))
    _set_times(here, post)
    return here


def _refuse_unusable(post):
    # Its note says why the text could not be read.
    if not post.body.strip() and post.notes:
        raise Refused(post.notes[0])
    if len(post.body) > markdown.MAX_LENGTH:
        raise Refused(_("its text is longer than {number} characters", number=markdown.MAX_LENGTH))
    if not post.title:
        raise Refused(_("it has neither a title nor a text"))


# What is stored, and how it is known again


def _texts(post, body, cover):
    return {
        "language": post.language,
        "title": cut(post.title, LONGEST_TITLE),
        "lead": cut(post.lead, LONGEST_LEAD),
        "body": body,
        "cover_id": cover.pk if cover else None,
    }


def _authors(post):
    return [(name[:80], bio[:400]) for name, bio in post.authors]


def fingerprint_of(row) -> str:
    """Of a stored post as it is now: the same as when it was imported, unless a person has edited it."""
    names = ("language", "title", "lead", "body", "cover_id")
    return _fingerprint({name: getattr(row, name) for name in names}, list(row.bylines.values_list("name", "bio")))


def _fingerprint(texts, authors):
    said = [texts, [list(author) for author in authors]]
    return sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _make(post, texts, *, publish, trusted, report):
    row = Post(published_at=post.published_at, composed=post.composed, is_draft=True)
    row.slug = free_slug(row, plain_slug(post.slug, length=MAX_SLUG) or plain_slug(post.title))
    _store(row, texts)
    if trusted or (publish and _can_be_published(post, row, report=report)):
        row.is_draft = post.is_draft
        row.save(update_fields=["is_draft"])
    return row


def _store(row, texts):
    for name, value in {**texts, **markdown.columns(texts["body"])}.items():
        setattr(row, name, value)
    row.full_clean(exclude=["translation_of", "summary_of", "cover"])
    row.save()


def _can_be_published(post, row, *, report):
    # The report says what a writer has to do first.
    problem = _problem(post, row)
    if problem and not post.is_draft:
        report.note(_("{title} stays a draft: {problem}", title=post.title, problem=problem))
    return not problem and not post.is_draft


def _problem(post, row):
    if problems_of(row):
        return Remark(in_each_language(lambda: problems_of(row)[0]))
    return "" if post.published_at else _("its source has no publishing date")


def _set_times(row, post):
    # By update(): save() would set both to now.
    times = {"changed_at": post.changed_at, "created_at": post.created_at}
    Post.objects.filter(pk=row.pk).update(**{name: at for name, at in times.items() if at})


# Links to other rows


def _tie(post, row, *, source, report):
    # A principle, event or original that is not here becomes a note in the report.
    if post.principles:
        row.principles.set(Principle.objects.filter(number__in=post.principles))
    ties = {"summary_of": _event(post, row, report), "translation_of": _original(post, row, source, report)}
    Post.objects.filter(pk=row.pk).update(**{name: other for name, other in ties.items() if other})


def _event(post, row, report):
    event = Event.objects.filter(slug=post.event).first() if post.event else None
    if post.event and event is None:
        report.note(_("{title}: its event {event} isn’t here", title=post.title, event=post.event))
    if event and event.summaries.filter(language=row.language).exclude(pk=row.pk).exists():
        return report.note(
            _("{title}: its event {event} has a summary in this language already", title=post.title, event=post.event)
        )
    return event


def _original(post, row, source, report):
    if not post.translation_of:
        return None
    found = mark_of(Post, source=source, external_id=post.translation_of)
    wanted = {"pk": found.subject_id} if found else {"slug": post.translation_of}
    original = Post.objects.filter(**wanted).exclude(pk=row.pk).first()
    if original is None:
        return report.note(
            _(
                "{title}: what it translates, {translation_of}, isn’t here",
                title=post.title,
                translation_of=post.translation_of,
            )
        )
    if original.translations.filter(language=row.language).exclude(pk=row.pk).exists():
        return report.note(
            _(
                "{title}: {translation_of} has a translation into this language already",
                title=post.title,
                translation_of=post.translation_of,
            )
        )
    return original
