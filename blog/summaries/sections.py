"""The sections of a summary, in order. Each is a template; one that renders nothing is left out.

A prompt is a section of its own, so that answering it leaves the list beside it as composed.
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
    "activities",
    "microactions",
    "microactions_prompt",
    "learned",
    "learned_prompt",
    "plus",
    "delta",
    "principles",
    "principles_prompt",
    "next",
    "closing",
    "made_from",
)
# Sections with lines by people at the table, which may name somebody else.
FROM_THE_TABLE = (LEAD, "topics", "discussed", "not_reached", "activities", "microactions", "plus", "delta")
MAX_TITLE, MAX_LEAD = 150, 400
# A line break in a template within a paragraph.
SOFT_BREAK = re.compile(r"(?<=[^\n])\n(?=[^\n#>-])(?!\d+\. )")


def compose(facts) -> dict[str, str]:
    """{section: Markdown} in order, without the empty ones, with `title` and `lead`."""
    texts = {TITLE: _line(TITLE, facts)[:MAX_TITLE], LEAD: _line(LEAD, facts)}
    if len(texts[LEAD]) > MAX_LEAD:
        texts[LEAD] = texts[LEAD][: MAX_LEAD - 1].rstrip() + "…"
    texts |= {key: _block(key, facts) for key in BODY}
    return {key: text for key, text in texts.items() if text}


def body_of(texts) -> str:
    return "\n\n".join(texts[key] for key in BODY if key in texts) + "\n"


def _line(key, facts):
    return " ".join(render_to_string(f"blog/summaries/{key}.txt", facts).split())


def _block(key, facts):
    lines = (line.strip() for line in render_to_string(f"blog/summaries/{key}.txt", facts).splitlines())
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip())
    return SOFT_BREAK.sub(" ", text)
