"""Tags that draw a board: its phases, dots, clock and QR codes."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

from microactions.origins.since import since_last

from ..drawing.shared import milliseconds
from ..models import Board
from ..paper_card import qr

register = template.Library()

# More dots than this are a number alone.
MAX_PIPS = 12
COLOURS = 5


@register.simple_tag
def phase_steps(board):
    """(label, "past" | "now" | "") of each phase."""
    values = Board.Phase.values
    here = values.index(board.phase)
    states = ["past"] * here + ["now"] + [""] * len(values)
    return list(zip(Board.Phase.labels, states, strict=False))


@register.simple_tag
def phase_number(board):
    return Board.Phase.values.index(board.phase) + 1


@register.simple_tag
def qr_code(text):
    return qr.svg(text)


@register.simple_tag
def since_last_time(event):
    """What came of the meetup before, as those at the table may see it."""
    return since_last(event)


@register.simple_tag
def do_url(board, verb):
    return reverse("board_do", args=[board.code, verb])


@register.filter
def colour(topic):
    """The number of a topic's colour, the same wherever it stands."""
    return topic.pk % COLOURS + 1


@register.filter
def pips(number):
    """As many things to loop over as there are dots to draw."""
    return range(number) if number <= MAX_PIPS else ()


@register.filter
def ms(moment):
    return milliseconds(moment)


@register.filter
def round_minutes(round, board):
    return board.minutes_of_round(round.number)


@register.filter
def minutes_left(seconds):
    """ "3:12" of 192 seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def without_scheme(address):
    """An address as people type it: what comes after the question mark is for the code beside it."""
    return address.partition("://")[2].partition("?")[0]


@register.filter
def typed(address):
    """The short address as people type it; where it is too long for its line it breaks before the path, never in the code."""
    host, slash, path = without_scheme(address).partition("/")
    return format_html('{}<wbr><span class="nowrap">{}{}</span>', host, slash, path)


@register.simple_tag(takes_context=True)
def manage_address(context, microaction):
    """The absolute address of a microaction's own page."""
    return f"{context['site_url']}{reverse('microaction_manage', args=[microaction.token])}"
