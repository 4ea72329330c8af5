"""The names that the site itself wrote into a summary: taken out when their person leaves."""

import re

from django.db.models import Q
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from microactions.models import Microaction

from .. import posts
from ..models import Post
from .recomposing import refill
from .sections import BODY, LEAD
from .words import quoted

# Sections that say who edited the summary, and whose microaction the meetup came of.
WITH_NAMES = (LEAD, "made_from")


def forget(member) -> None:
    """Locks the posts. What somebody has written by hand is left alone."""
    microactions = Microaction.objects.of_member(member)
    names = {member.display_name, *member.bylines.values_list("name", flat=True)}
    names |= set(microactions.values_list("name", flat=True))
    about = Post.objects.filter(Q(bylines__member=member) | Q(summary_of__origins__in=microactions)).exclude(
        composed={}
    )
    for post in Post.objects.filter(pk__in=about.values("pk")).order_by("pk").select_for_update(of=("self",)):
        with translation.override(post.language):
            _forget_in(post, names - {""})


def _forget_in(post, names):
    texts = dict(post.composed)
    texts |= {key: _without(texts[key], names) for key in WITH_NAMES if key in texts}
    if texts == post.composed:
        return
    if post.lead == post.composed.get(LEAD):
        post.lead = texts[LEAD]
    post.body = refill(post.body, composed=post.composed, texts=texts, order=BODY).body
    post.composed = texts
    posts.store_text(post)


def _without(text, names):
    spellings = {spelling for name in names for spelling in (name, quoted(name))}
    # The longest first: one may be a part of another.
    found = "|".join(map(re.escape, sorted(spellings, key=len, reverse=True)))
    return capfirst(re.sub(rf"(?<!\w)(?:{found})(?!\w)", _("a former member"), text)) if found else text
