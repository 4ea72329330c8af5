"""The idea bank: microactions to start from, by the minutes they take.

Each is small, done alone, possible on Monday and seen by others. Every translation fits in `MAX_WHAT` letters.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

SLOTS = (2, 5, 15, 60)


class Idea(NamedTuple):
    """`key` stands in links and never changes; `what` is a lazy translation; `principle` is its number."""

    key: str
    minutes: int
    principle: int
    what: str


IDEAS = (
    Idea("draft", 2, 1, _("Post the link to a draft I am in the middle of, with one question I would like answered.")),
    Idea("thanks", 2, 1, _("Thank someone whose work is seldom seen, by name, in a channel that their boss reads.")),
    Idea(
        "meeting",
        2,
        2,
        _("Put one line on top of my next meeting invitation: the question we have to answer before we leave."),
    ),
    Idea("quietest", 2, 4, _("Ask the one who has said the least in today’s meeting before I say what I think.")),
    Idea("abbreviations", 2, 4, _("Spell out the three abbreviations we use most at the top of our shared page.")),
    Idea("first-line", 2, 5, _("Read the first line of our most sent letter aloud, and tell its owner where I stumbled.")),
    Idea("shortcut", 2, 7, _("Show the colleague next to me a keyboard shortcut, and ask for one in return.")),
    Idea("decision", 5, 1, _("Write down one decision from today, and the reason, where whoever has my job next will look.")),
    Idea("skip", 5, 3, _("Propose that we skip one standing meeting once, and ask everyone afterwards what they missed.")),
    Idea("alt-text", 5, 4, _("Describe the last picture I published in words for those who can’t see it, and show the team how.")),
    Idea(
        "service-desk",
        5,
        5,
        _("Ask the person at the service desk what people asked about most today, and write it on the team’s board."),
    ),
    Idea("search-words", 5, 5, _("Search for our service in the words my aunt would use, and show the team what comes up.")),
    Idea("phone-number", 5, 6, _("Call a number that we send people on to, and tell the team who answered and how long it took.")),
    Idea("on-my-phone", 5, 7, _("Fill in our longest form on my phone for five minutes, and post a picture of where I gave up.")),
    Idea("ten-lines", 15, 3, _("Write ten lines about something I tried that didn’t work, and post them where my team reads.")),
    Idea("newcomer", 15, 4, _("Ask our newest colleague which three things puzzle them here, and put the answers on the board.")),
    Idea("keyboard", 15, 4, _("Book an appointment with us without touching the mouse, and report the first place where I get stuck.")),
    Idea("paragraph", 15, 5, _("Rewrite one paragraph of our website for a twelve-year-old, and send it to the page’s owner.")),
    Idea("complaints", 15, 5, _("Read three complaints from last month, and put what they have in common on the board, without names.")),
    Idea("stopped-doing", 15, 6, _("Call someone who has my job in another town, and tell my team one thing they have stopped doing.")),
    Idea("template", 15, 7, _("Tidy up one template that I made for myself, and put it where the other teams can take it.")),
    Idea("open-hour", 60, 1, _("Keep one hour open with a sign on the door, and show whoever drops in what we are working on.")),
    Idea("cross-out", 60, 2, _("Cross out every sentence that no one would miss in one standard letter, and hand it to its owner.")),
    Idea("on-paper", 60, 3, _("Redraw our worst page on paper, and hang both versions in the corridor with a pen beside them.")),
    Idea("canteen", 60, 3, _("Watch two people in the canteen look for one answer on our website, and show where they stopped.")),
    Idea("signs", 60, 5, _("Walk from the bus stop to our counter as if for the first time, and pin up photos of the signs that mislead.")),
    Idea("phone-line", 60, 5, _("Listen in on the phone line for an hour, and pin up the words that callers use and we don’t.")),
    Idea("lunch", 60, 6, _("Have lunch with someone who receives what my office sends, and bring back one thing they never needed.")),
    Idea("by-hand", 60, 7, _("Turn something I copy by hand every week into a formula, and show a colleague how it works.")),
)  # fmt: skip
BY_KEY = {idea.key: idea for idea in IDEAS}


def find(key) -> Idea | None:
    return BY_KEY.get(key)


def by_minutes(*, principle: int | None = None) -> list[tuple[int, list[Idea]]]:
    """All ideas, or those of a principle by its number; a slot without any is left out."""
    chosen = [idea for idea in IDEAS if principle in (None, idea.principle)]
    slots = [(minutes, [idea for idea in chosen if idea.minutes == minutes]) for minutes in SLOTS]
    return [slot for slot in slots if slot[1]]
