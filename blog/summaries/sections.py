"""The sections of a summary, in their order: each is a template that draws from the facts, or draws nothing.

A prompt is a section of its own, so that a writer who answers it leaves the list beside it as composed.
"""

import re

from django.template.loader import render_to_string

TITLE, LEAD = "title", "lead"
BODY = (
    "people",
    "how_was_it",
    "thanks",
    "method",
    "topics",
    "topics_prompt",
    "discussed",
    "not_reached",
    "microactions",
    "microactions_prompt",
    "learned",
    "learned_prompt",
    "plus",
    "delta",
    "next",
    "closing",
    "made_from",
)
# Those that hold lines of people at the table, which may speak of somebody else.
FROM_THE_TABLE = (LEAD, "topics", "discussed", "not_reached", "microactions", "plus", "delta")
MAX_TITLE, MAX_LEAD = 150, 400
# A line break in a template, where the text goes on in the same paragraph.
SOFT_BREAK = re.compile(r"(?<=[^\n])\n(?=[^\n#>-])(?!\d+\. )")


def compose(facts):
    """{section: Markdown} of those that have something to say, in order, with `title` and `lead`."""
    texts = {TITLE: _line(TITLE, facts)[:MAX_TITLE], LEAD: _shortened(_line(LEAD, facts))}
    texts |= {key: _block(key, facts) for key in BODY}
    return {key: text for key, text in texts.items() if text}


def body_of(texts):
    """The body of a post that holds these sections and nothing else."""
    return "\n\n".join(texts[key] for key in BODY if key in texts) + "\n"


def _line(key, facts):
    return " ".join(render_to_string(f"blog/summaries/{key}.txt", facts).split())


def _block(key, facts):
    lines = (line.strip() for line in render_to_string(f"blog/summaries/{key}.txt", facts).splitlines())
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip())
    return SOFT_BREAK.sub(" ", text)


def _shortened(text):
    return text if len(text) <= MAX_LEAD else text[: MAX_LEAD - 1].rstrip() + "…"
