"""Tags that draw a board: its phases, dots and clock."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

from microactions.origins.since import since_last

from ..drawing import sizes
from ..drawing.shared import milliseconds
from ..models import HIGHEST, Board

register = template.Library()

# More dots than this are a number alone.
MAX_PIPS = 12
COLOURS = 5


@register.simple_tag
def phase_steps(board):
    # (label, "past" | "now" | "") of each phase
    values = Board.Phase.values
    here = values.index(board.phase)
    states = ["past"] * here + ["now"] + [""] * len(values)
    return list(zip(Board.Phase.labels, states, strict=False))


@register.simple_tag
def phase_number(board):
    return Board.Phase.values.index(board.phase) + 1


@register.simple_tag
def since_last_time(event):
    return since_last(event)


@register.simple_tag(takes_context=True)
def do_url(context, board, verb):
    # With the page that the form is on, to come back to it.
    at = getattr(context.get("now"), "at", "")
    return reverse("board_do", args=[board.code, verb]) + (f"?at={at}" if at else "")


@register.simple_tag
def fit(rows, room, *, largest=1):
    """Attributes of a list on the big screen: its size by the server's guess, and where the script begins to try."""
    rows = rows if isinstance(rows, list) else [rows]
    texts = [getattr(row, "what", "") or row.text for row in rows]
    return format_html('data-fit="{}" data-size="{}"', largest, sizes.guess(texts, room, largest=largest))


@register.filter
def shown(rows, most=sizes.MOST):
    return rows[:most]


@register.filter
def beyond(rows, most=sizes.MOST):
    # How many are not shown.
    return max(0, len(rows) - most)


@register.filter
def latest_first(rows):
    return rows[::-1]


@register.filter
def face_down(number):
    # Something to loop over for each note that hangs face down.
    return range(min(number, sizes.MOST))


@register.filter
def colour(topic):
    return topic.pk % COLOURS + 1


@register.filter
def scores(deal):
    # Something to loop over for the buttons of a card that somebody holds.
    return range(1, HIGHEST + 1) if deal else ()


@register.filter
def pips(number):
    # Something to loop over for each dot to draw.
    return range(number) if number <= MAX_PIPS else ()


@register.filter
def part(kind, name):
    # The template of a kind of activities for one part of the page.
    return kind.template(name)


@register.filter
def ms(at):
    return milliseconds(at)


@register.filter
def round_minutes(round, board):
    return board.minutes_of_round(round.number)


@register.filter
def seconds(minutes):
    return minutes * 60


@register.filter
def minutes_left(seconds):
    # "3:12" of 192 seconds
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def without_scheme(address):
    # As people type it; the query string is for the QR code beside it.
    return address.partition("://")[2].partition("?")[0]


@register.filter
def typed(address):
    """The short address as people type it; a line too long breaks before the path, never in the code."""
    host, slash, path = without_scheme(address).partition("/")
    return format_html('{}<wbr><span class="nowrap">{}{}</span>', host, slash, path)


@register.simple_tag(takes_context=True)
def manage_address(context, microaction):
    return f"{context['site_url']}{reverse('microaction_manage', args=[microaction.token])}"
