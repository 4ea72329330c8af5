"""Where a picture is used. Apps above register finders, so that the ground floor can tell an organiser:

@finder
def in_posts(images):
    return {image_pk: [Use(title=…, url=…), …]}
"""

from collections import defaultdict
from typing import NamedTuple

_finders = []


class Use(NamedTuple):
    """A text that shows the picture; `in_text` if its address stands in the Markdown and must be removed by hand."""

    title: str
    url: str
    language: str
    in_text: bool


def finder(find):
    _finders.append(find)
    return find


def uses_of(images) -> dict[int, list[Use]]:
    """{pk of the image: its uses}, in a fixed number of queries."""
    uses = defaultdict(list)
    for find in _finders:
        for pk, found in find(images).items():
            uses[pk] += found
    return uses
