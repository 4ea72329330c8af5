"""How large the words of an event's poster are, so that the longest still fit an A4 sheet with the code below them."""

# Letters of the title and of the place at most, as static/css/components/poster.css has room for them.
SIZES = ((26, 90, "poster--short"), (56, 90, ""), (90, 160, "poster--long"), (130, 220, "poster--longest"))
SMALLEST = "poster--fullest"
# Only beside few words there is room for the beginning of the description.
ROOMY = ("poster--short", "")
LEAD = 160


def size_of(title, place) -> str:
    return next((size for most, room, size in SIZES if len(title) <= most and len(place) <= room), SMALLEST)


def lead_of(text, size) -> str:
    """The beginning of a description, to the end of a sentence or else of a word; no heading, which is shorter."""
    if size not in ROOMY:
        return ""
    first = next((line for line in text.splitlines() if len(line) > LEAD // 4), "")
    if len(first) <= LEAD:
        return first
    sentences = first[:LEAD].rpartition(". ")[0]
    return f"{sentences}." if sentences else first[:LEAD].rpartition(" ")[0] + " …"
