"""The demo's posts with their authors and comments, and short summaries of older lunches."""

from datetime import timedelta

from django.db.models import F

from blog.models import Byline, Comment, Post
from chapter.text import markdown, plain_slug

from . import texts
from .calendar import at

HEADINGS = {
    "nb": ("Det vi snakket om", "Pluss", "Delta"),
    "sv": ("Det vi pratade om", "Plus", "Delta"),
    "en": ("What we talked about", "Plus", "Delta"),
}


def load(events, members, calendar):
    plans = texts.posts() + [_short(plan) for plan in texts.toml("short_summaries")["summary"]]
    posts = {}
    for plan in plans:
        posts[plan["key"]] = _row(plan, posts, events, calendar)
        posts[plan["key"]].save()
    _add_bylines_and_principles(plans, posts, members)
    _add_comments(plans, posts, members)
    Post.objects.published().update(changed_at=F("published_at"))
    return posts


def _short(plan):
    """A short summary: topics in the order of their dots, then plus and delta."""
    lists = (plan["topics"], plan["plus"], plan["delta"])
    headings = HEADINGS[plan.get("language", "nb")]
    parts = [f"## {heading}\n\n{_listed(lines)}" for heading, lines in zip(headings, lists, strict=True)]
    return {**plan, "key": plan["title"], "by": [plan["by"]], "days_after": 2, "body": "\n\n".join(parts)}


def _listed(lines):
    return "\n".join(f"- {line}" for line in lines)


def _row(plan, posts, events, calendar):
    event = events.get(plan.get("event", plan.get("past")))
    return Post(
        language=plan.get("language", "nb"),
        translation_of=posts.get(plan.get("translation_of")),
        slug=plain_slug(plan["title"]),
        title=plan["title"],
        lead=plan["lead"],
        body=plan["body"],
        **markdown.columns(plan["body"]),
        summary_of=event,
        is_draft=plan.get("draft", False),
        published_at=_published_at(plan, event, calendar),
    )


def _published_at(plan, event, calendar):
    if plan.get("draft"):
        return None
    if event:
        return at(event.local_end.date() + timedelta(days=plan["days_after"]), "08:15")
    return at(calendar.day(-plan["days_ago"]), "08:15")


def _add_bylines_and_principles(plans, posts, members):
    bylines, themes = [], []
    for plan in plans:
        post = posts[plan["key"]]
        bylines += [_byline(post, members[key], place) for place, key in enumerate(plan["by"])]
        themes += [Post.principles.through(post=post, principle_id=number) for number in plan["principles"]]
    Byline.objects.bulk_create(bylines)
    Post.principles.through.objects.bulk_create(themes)


def _byline(post, member, place):
    return Byline(post=post, member=member, name=member.name, bio=member.bio, position=place)


def _add_comments(plans, posts, members):
    Comment.objects.bulk_create(
        _comment(comment, posts[plan["key"]], members, place)
        for plan in plans
        for place, comment in enumerate(plan.get("comments", []))
    )


def _comment(plan, post, members, place):
    return Comment(
        post=post,
        member=members[plan["by"]] if "by" in plan else None,
        name=plan.get("guest", ""),
        language=plan.get("language", "nb"),
        body=plan["body"],
        body_html=markdown.to_html(plan["body"]),
        status=plan.get("status", Comment.Status.VISIBLE),
        created_at=post.published_at + timedelta(days=plan["days_after"], minutes=95 + 38 * place),
    )
