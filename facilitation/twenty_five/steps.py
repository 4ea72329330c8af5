"""The steps of 25/10."""

from django.utils.translation import pgettext_lazy

WRITE, ROUND, WALL, REVEAL, RESULT = "write", "round", "wall", "reveal", "result"
LABELS = {
    WRITE: pgettext_lazy("step of 25/10", "Write"),
    ROUND: pgettext_lazy("step of 25/10", "Score"),
    # The cards are of paper, and their sums are on them.
    WALL: pgettext_lazy("step of 25/10", "From the wall"),
    REVEAL: pgettext_lazy("step of 25/10", "Top ten"),
    RESULT: pgettext_lazy("step of 25/10", "Result"),
}
ON_PHONES = (WRITE, ROUND, REVEAL, RESULT)
ON_PAPER = (WRITE, WALL, REVEAL, RESULT)
