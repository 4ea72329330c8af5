"""The if-then sentence of a plan: "When I open my laptop on Monday, I will write to IT."."""

import re

from django.utils.translation import gettext

# Words of the sentence around them, which many people type as well.
FRAME = {
    "cue": re.compile(r"^[.… ]*(?:når jeg|när jag|when i)\s+", re.IGNORECASE),
    "step": re.compile(r"^[.… ]*(?:då |da |så |then )?(?:skal jeg|ska jag|i will|i’ll|i'll)\s+", re.IGNORECASE),
}


def plan_sentence(*, what, cue, first_step) -> str:
    """In the active language; empty without a cue and a first step."""
    if cue:
        sentence = gettext("When I %(cue)s, I will %(step)s.")
        return sentence % {
            "cue": _inside(FRAME["cue"].sub("", cue)),
            "step": _inside(FRAME["step"].sub("", first_step or what)),
        }
    return gettext("First step: %(step)s") % {"step": first_step} if first_step else ""


def _inside(words):
    """Words as they stand inside a sentence: "Write to IT." becomes "write to IT", "IT" stays."""
    words = words.strip(" .…")
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
