"""What everybody sees of a 1-3-9, what one person does in it, and what whoever leads has."""

import time
from functools import cached_property

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ..activities import ActivitySnapshot, Step
from ..models import Group, GroupMember, Heart, SheetLine, Workplace
from . import forms, gallery, plan
from .groups import ALONE, GALLERY, GROUPS

# Of what is too much for one page: seconds for which the big screen shows each part, posters and groups in a part.
PAGE_SECONDS = 15
GROUPS_ON_SCREEN = 36
# More than any sheet is changed.
GONE = 10**9
# What can be read from the back of a hall.
POSTERS_ON_SCREEN, LINES_OF_POSTER, LETTERS_ON_SCREEN = 6, 8, 900
POSTERS_ON_PHONE = 8
MINUTES_MORE = 2


class Snapshot(ActivitySnapshot):
    @property
    def level(self):
        return self.activity.number if self.activity.step == GROUPS else 0

    @property
    def size(self):
        """Of the groups that sit now."""
        return plan.levels(self.activity)[self.level - 1]

    @property
    def is_last_level(self):
        return self.level == len(plan.levels(self.activity))

    @property
    def question(self):
        is_writing = self.activity.step in (ALONE, GROUPS)
        return plan.question(self.activity, self.level) if is_writing else self.activity.question

    @property
    def title(self):
        return _groups_of(self.size) if self.level else None

    @property
    def status(self):
        if self.activity.step == GROUPS:
            number = len(self.groups)
            return ngettext("%(number)s group", "%(number)s groups", number) % {"number": number}
        if self.activity.step == ALONE:
            return ngettext("%(number)s person", "%(number)s people", self.people) % {"number": self.people}
        posters, hearts = gallery.sums(self.activity)
        posters_said = ngettext("%(number)s poster", "%(number)s posters", posters) % {"number": posters}
        hearts_said = ngettext("%(number)s heart", "%(number)s hearts", hearts) % {"number": hearts}
        return f"{posters_said} · {hearts_said}"

    @property
    def steps(self):
        labels = [
            pgettext("step", "Alone"),
            *map(_groups_of, plan.levels(self.activity)),
            pgettext("step", "Gallery"),
        ]
        at = {ALONE: 0, GROUPS: self.level, GALLERY: len(labels) - 1}.get(self.activity.step, len(labels))
        states = ["past"] * at + ["now"] + [""] * len(labels)
        return list(zip(labels, states, strict=False))

    @property
    def look_again(self):
        # Sheets and hearts send no notice: a group's other phones see a line after so many seconds.
        return {GROUPS: 2, GALLERY: 5}.get(self.activity.step)

    @property
    def facts(self):
        # Not the sheets, which concern one group each: those are in `marks`.
        if self.activity.step != GALLERY:
            return []
        lines = SheetLine.objects.filter(activity=self.activity, group__isnull=False)
        counted = lines.aggregate(hidden=Count("pk", filter=Q(is_hidden=True)), all=Count("pk"))
        # Posters that are typed from the wall; among many phones they come with the next look.
        return [counted["hidden"], counted["all"] if self.board.one_device else 0]

    @property
    def marks(self):
        """The version of each group's sheet at the place of its number; GONE where its people are in another group."""
        if not self.level:
            return None
        versions = {group.number: group.version for group in self.groups}
        return [versions.get(number, GONE) for number in range(max(versions, default=0) + 1)]

    @cached_property
    def groups(self):
        return list(Group.objects.at(self.activity)) if self.level else []

    @cached_property
    def groups_on_screen(self):
        groups = _now(
            [self.groups[at : at + GROUPS_ON_SCREEN] for at in range(0, len(self.groups), GROUPS_ON_SCREEN)]
        )
        for group in groups:
            group.what = f"{group.number} {group.whereabouts}"
        return groups

    @cached_property
    def posters(self):
        return [] if self.activity.step in (ALONE, GROUPS) else gallery.posters(self.activity)

    @cached_property
    def posters_on_screen(self):
        for poster in self.posters:
            lines = list(poster.lines.all())
            poster.first_lines, poster.more_lines = lines[:LINES_OF_POSTER], len(lines[LINES_OF_POSTER:])
        return _now(_screenfuls(self.posters))

    @cached_property
    def hidden_lines(self):
        rows = SheetLine.objects.filter(activity=self.activity, is_hidden=True, group__joined_into=None)
        return list(rows.exclude(group=None).select_related("group").order_by("pk"))

    @property
    def result(self):
        return self.template("result")


def _groups_of(size):
    return _("Groups of %(size)s") % {"size": size}


def _screenfuls(posters):
    """As many as can be read at a time, in their order."""
    parts, letters = [], 0
    for poster in posters:
        length = len(poster.text)
        if not parts or len(parts[-1]) >= POSTERS_ON_SCREEN or letters + length > LETTERS_ON_SCREEN:
            parts.append([])
            letters = 0
        parts[-1].append(poster)
        letters += length
    return parts


def _now(parts):
    """What the big screen shows at this moment; each part for PAGE_SECONDS, in turn."""
    return parts[int(time.time() // PAGE_SECONDS) % len(parts)] if parts else []


# One person


def own(request, now, me, form) -> dict:
    common = {"workplace_form": None, "group": None}
    if now.activity.step == ALONE:
        return common | _alone(now, me, form)
    if now.activity.step == GROUPS:
        return common | _in_group(now, me, form)
    return common | _at_gallery(request, now, me)


def _here(now):
    return {"activity": now.activity.pk, "step": now.activity.step, "number": now.activity.number}


def _alone(now, me, form):
    lines = _own_lines(now, me)
    _give_forms(lines, form)
    context = {"line_form": form(forms.LineForm, "line", **_here(now)), "lines": lines}
    if now.activity.mixes:
        told = Workplace.objects.filter(activity=now.activity, participant=me).first()
        context["workplace_form"] = form(
            forms.WorkplaceForm, "workplace", activity=now.activity.pk, name=told.name if told else ""
        )
    return context


def _own_lines(now, me):
    return list(now.activity.lines.filter(participant=me).order_by("created_at", "id"))


def _give_forms(lines, form):
    for line in lines:
        line.form = form(forms.LineEditForm, "line-edit", line.pk, line=line.pk, text=line.text, version=line.version)


def _in_group(now, me, form):
    group = Group.objects.at(now.activity).filter(members__participant=me).first()
    if group is None:
        return {}
    lines = list(group.lines.shown())
    _give_forms(lines, form)
    taken = {line.taken_from_id for line in lines}
    members = list(
        GroupMember.objects.filter(group=group).select_related("participant").order_by("participant__number")
    )
    return {
        "group": group,
        "members": [member.participant for member in members],
        "heads": len(members) - group.fewer,
        "lines": lines,
        "line_form": form(forms.LineForm, "line", **_here(now)),
        "where_form": form(
            forms.WhereForm,
            "whereabouts",
            activity=now.activity.pk,
            number=now.activity.number,
            whereabouts=group.whereabouts,
        ),
        "can_be_fewer": group.fewer + 1 < len(members),
        **_to_take(now, me, group, taken),
    }


def _to_take(now, me, group, taken):
    # At the first level each has own lines; later there are the sheets of the small groups.
    if now.level == 1:
        own = _own_lines(now, me)
        small = []
    else:
        own, small = [], list(group.small_groups.order_by("number").with_lines())
    for line in [*own, *(line for one in small for line in one.lines.all())]:
        line.is_taken = line.pk in taken
    return {"own_lines": own, "small_groups": small}


def _at_gallery(request, now, me):
    """A part of the posters: the one asked for, else that with the own group's."""
    own = GroupMember.objects.filter(activity=now.activity, participant=me).values_list("group", flat=True)
    own, posters = set(own), list(now.activity.groups.posters().prefetch_related(None).values_list("pk", flat=True))
    parts = -(-len(posters) // POSTERS_ON_PHONE) or 1
    mine = next((place for place, poster in enumerate(posters) if poster in own), 0)
    asked = request.GET.get("posters", "")
    part = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else mine // POSTERS_ON_PHONE + 1
    part = min(max(part, 1), parts)
    shown = gallery.posters(now.activity, posters[(part - 1) * POSTERS_ON_PHONE : part * POSTERS_ON_PHONE])
    lines = [line for poster in shown for line in poster.lines.all()]
    liked = set(Heart.objects.filter(participant=me, line__in=lines).values_list("line", flat=True))
    for line in lines:
        line.is_liked = line.pk in liked
    for poster in shown:
        poster.is_own = poster.pk in own
    return {
        "posters": shown,
        "part": part,
        "parts": range(1, parts + 1),
        "own_query": f"posters={part}" if part != mine // POSTERS_ON_PHONE + 1 else "",
    }


# Whoever leads


def lead(now, me, form) -> dict:
    activity = now.activity
    context = {
        "next_step": _next_step(now),
        "onward_step": None,
        "clock_form": form(forms.ClockForm, "clock", **_here(now), minutes=_minutes_offered(now)),
        "can_mix_again": now.level == 1,
    }
    if activity.step in (ALONE, GROUPS):
        planned = {name: getattr(activity, name) for name in ("question", "minutes", "questions")}
        context["replan_form"] = form(forms.ReplanForm, "replan", activity.pk, activity=activity.pk, **planned)
    if activity.step == GROUPS:
        context["where_others"] = form(forms.WhereForm, "whereabouts-of", **_here(now))
        context["groups"] = now.groups
    if activity.step == GALLERY:
        context["poster_form"] = form(forms.PosterForm, "poster", activity=activity.pk)
        context["poster_choices"] = list(activity.groups.outermost())
    return context


def _minutes_offered(now):
    # As planned for a step that has no clock yet, else some more.
    planned = plan.seconds(now.activity, now.level) // 60
    return MINUTES_MORE if now.activity.ends_at or not planned else planned


def _next_step(now):
    activity = now.activity
    fields = {"activity": activity.pk, "step": activity.step, "number": activity.number}
    if activity.step == GALLERY:
        return Step("close-activity", _("Close and keep the posters"), {"activity": activity.pk})
    if activity.is_closed:
        return Step("show", _("Back to the Lean Coffee"), {})
    levels = plan.levels(activity)
    if activity.step == ALONE:
        return Step("next-level", _("Put people into groups of %(size)s") % {"size": levels[0]}, fields)
    if now.level < len(levels) and len(now.groups) > 1:
        return Step("next-level", _("On to groups of %(size)s") % {"size": levels[now.level]}, fields)
    return Step("next-level", _("On to the gallery"), fields)
