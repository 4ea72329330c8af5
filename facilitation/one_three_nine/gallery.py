"""The gallery: posters, hearts for their lines, and what is deleted when all is over."""

from collections import Counter
from uuid import uuid5

from django.db.models import Count, F, Max, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from .. import activities
from ..board_lock import TooLate
from ..models import Group, GroupMember, Heart, SheetLine, Workplace
from ..table import joining, steps
from .groups import GALLERY

MAX_POSTERS = 500


def set_heart(line, *, by, liked) -> SheetLine:
    """Give a line of a poster one's heart, or take it back; repeating it changes nothing. Raises TooLate.

    The line that it returns knows its `heart_count`, and whether it `is_liked`.
    """
    activity = line.activity
    with activities.writing(activity, step=GALLERY):
        steps.check_sits_here(activity.board, by)
        hearts = Heart.objects.filter(line=line, participant=by)
        if not liked:
            hearts.delete()
        elif SheetLine.objects.shown().filter(pk=line.pk, group__joined_into=None).exclude(group=None).exists():
            Heart.objects.bulk_create([Heart(line=line, participant=by)], ignore_conflicts=True)
        else:
            raise TooLate
    line.is_liked, line.heart_count = liked, line.kept_hearts + line.hearts.count()
    return line


def type_poster(activity, *, by, client_id, lines, whereabouts="", group=None) -> Group:
    """Lines from the wall, typed by whoever leads, onto a new poster or that of `group`; the same `client_id` once.

    Raises NotLeading, TooLate, Full, Closed.
    """
    with activities.going_on(activity, by=by, step=GALLERY) as (board, activity):
        stored = activity.lines.filter(client_id=uuid5(client_id, "0")).select_related("group").first()
        if stored:
            return stored.group
        group = _poster(activity, group) if group else _new_poster(board, activity, whereabouts)
        SheetLine.objects.bulk_create(
            SheetLine(activity=activity, group=group, text=text, client_id=uuid5(client_id, str(number)))
            for number, text in enumerate(lines)
        )
        return group


def _poster(activity, group):
    found = activity.groups.outermost().filter(pk=group.pk).first()
    if found is None:
        raise TooLate
    return found


def _new_poster(board, activity, whereabouts):
    outermost = activity.groups.outermost()
    # Where one device writes for the room, the only group that was made is that of this device.
    empty = outermost.filter(lines=None).first() if board.one_device else None
    if empty:
        activity.groups.filter(pk=empty.pk).update(whereabouts=whereabouts)
        return empty
    steps.check_not_full(outermost, MAX_POSTERS)
    last = outermost.aggregate(level=Max("level"), number=Max("number"))
    number = (last["number"] or 0) + 1
    return activity.groups.create(level=last["level"] or 1, number=number, whereabouts=whereabouts)


@joining.at_leaving
def keep_hearts(board, participant) -> None:
    """The hearts of who leaves stay as sums: everybody has seen them, and the difference would tell whose they were."""
    liked = Heart.objects.filter(participant=participant, line__activity__board=board)
    SheetLine.objects.filter(pk__in=liked.values("line")).update(kept_hearts=F("kept_hearts") + 1)


def close(board, activity) -> None:
    """Delete who sat where, who liked what, and the lines that only their writer saw. Needs the locks."""
    counted = Heart.objects.filter(line=OuterRef("pk")).order_by().values("line").annotate(n=Count("pk")).values("n")
    SheetLine.objects.filter(activity=activity, group__isnull=False).update(
        kept_hearts=F("kept_hearts") + Coalesce(Subquery(counted), 0)
    )
    Heart.objects.filter(line__activity=activity).delete()
    GroupMember.objects.filter(activity=activity).delete()
    Workplace.objects.filter(activity=activity).delete()
    SheetLine.objects.filter(activity=activity, group=None).delete()


def hearts_of(activity, lines=None) -> Counter:
    """{line: how many hearts}, of those that have any; only of these `lines` if they are given."""
    rows = SheetLine.objects.filter(activity=activity, group__isnull=False)
    placed = Heart.objects.filter(line__activity=activity)
    if lines is not None:
        rows, placed = rows.filter(pk__in=lines), Heart.objects.filter(line__in=lines)
    kept = dict(rows.filter(kept_hearts__gt=0).values_list("pk", "kept_hearts"))
    return Counter(kept) + Counter(dict(placed.order_by().values_list("line").annotate(n=Count("pk"))))


def posters(activity, only=None) -> list[Group]:
    """Each with its `lines`, which have their `heart_count`; `only` these, by primary key."""
    rows = activity.groups.posters()
    found = list(rows if only is None else rows.filter(pk__in=only))
    lines = [line for poster in found for line in poster.lines.all()]
    hearts = hearts_of(activity, None if only is None else [line.pk for line in lines])
    for line in lines:
        line.heart_count = hearts[line.pk]
    return found


def sums(activity) -> tuple[int, int]:
    """How many posters and hearts there are, without reading them."""
    shown = SheetLine.objects.filter(activity=activity, is_hidden=False, group__isnull=False, group__joined_into=None)
    kept = shown.aggregate(posters=Count("group", distinct=True), hearts=Sum("kept_hearts"))
    return kept["posters"], (kept["hearts"] or 0) + Heart.objects.filter(line__in=shown).count()
